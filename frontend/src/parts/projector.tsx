"use client";

import { useEffect, useRef, useState } from "react";
import { words } from "@/words";

interface ProjectorProps {
  /** The film's address. Another one for the same film goes on where the one before broke off. */
  film: string;
  title: string;
  poster?: string;
  /** Address of its subtitles, as WebVTT. */
  subtitles?: string;
  /** Where it goes to when that changes, in seconds; null leaves it. */
  goTo?: number | null;
  /** Where it begins, and whether by itself. */
  from?: { at: number; isPlaying: boolean };
  /** Called when it breaks off: its address may have run out. */
  onLost: () => void;
}

/** A whole film, in the browser's own player. */
export function Projector({ film, title, poster, subtitles, goTo = null, from, onLost }: ProjectorProps) {
  const video = useRef<HTMLVideoElement>(null);
  const captions = useCaptions(subtitles);
  const lost = useRef(from?.at ?? 0);
  const gone = useRef(goTo);

  // A link that ran out in the middle: another one, and on from there.
  function again() {
    lost.current = video.current?.currentTime ?? 0;
    onLost();
  }
  useEffect(() => {
    if (video.current && lost.current) video.current.currentTime = lost.current;
  }, [film]);
  useEffect(() => {
    if (video.current && goTo !== null && goTo !== gone.current) video.current.currentTime = goTo;
    gone.current = goTo;
  }, [goTo]);

  return (
    <video
      ref={video}
      key={film}
      src={film}
      poster={poster}
      controls
      playsInline
      preload="metadata"
      autoPlay={from?.isPlaying}
      onError={again}
      aria-label={title}
      className="aspect-video max-h-[80dvh] w-full bg-screen"
    >
      {captions && <track kind="captions" src={captions} srcLang="und" label={words.job.subtitles} default />}
    </video>
  );
}

/** Subtitles as an address of this page's own: a track from another host is not shown. */
function useCaptions(url: string | undefined): string | null {
  const [local, setLocal] = useState<string | null>(null);
  useEffect(() => {
    if (!url) return;
    let made = "";
    const leaving = new AbortController();
    fetch(url, { signal: leaving.signal })
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(answer.statusText))))
      .then((text) => {
        made = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
        setLocal(made);
      })
      .catch(() => setLocal(null)); // the film carries them itself, and they can be downloaded
    return () => {
      leaving.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [url]);
  return local;
}
