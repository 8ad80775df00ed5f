"use client";

import { useEffect, useRef, useState } from "react";
import type { JobShown, ShotShown } from "@/client";
import { Drawn } from "@/parts/drawn";
import { words } from "@/words";
import { GOOD_MS, useFiles } from "./files";

const said = words.job;

interface ScreenProps {
  job: JobShown;
  shots: readonly ShotShown[];
  /** Number of the shot that was asked for; null shows the newest picture. */
  chosen: string | null;
}

/** The screen: the film when there is one, and before that its newest picture. */
export function Screen({ job, shots, chosen }: ScreenProps) {
  return (
    <section aria-label={said.watch} className="self-start overflow-hidden rounded-xl bg-screen">
      {job.version !== null ? <Player job={job} shots={shots} chosen={chosen} /> : <Still job={job} shots={shots} chosen={chosen} />}
    </section>
  );
}

function Still({ job, shots, chosen }: ScreenProps) {
  const drawn = shots.filter((shot) => shot.thumbnail);
  const shown = drawn.find((shot) => shot.number === chosen) ?? drawn.at(-1);
  if (!shown?.thumbnail)
    return (
      <div className="flex aspect-video items-center justify-center">
        <div aria-hidden="true" className="breathe h-px w-1/3 bg-[#f0b45c]" />
      </div>
    );
  return (
    <figure className="relative aspect-video">
      <Drawn key={shown.thumbnail} src={shown.picture ?? shown.thumbnail} alt={shown.words} className="develop absolute inset-0 size-full object-contain" />
      <figcaption className="sr-only">{`${said.shot(shown.number)}, ${job.title}`}</figcaption>
    </figure>
  );
}

function Player({ job, shots, chosen }: ScreenProps) {
  const video = useRef<HTMLVideoElement>(null);
  const files = useFiles(job.job_id, job.version);
  const find = (name: string) => files.data?.find((file) => file.name === name)?.url;
  const film = files.data?.find((file) => file.media_type.startsWith("video/"))?.url;
  const captions = useCaptions(find("subtitles.vtt"));
  const lost = useRef(0);

  // A link that ran out in the middle: another one, and on from there.
  function again() {
    lost.current = video.current?.currentTime ?? 0;
    if (files.dataUpdatedAt < Date.now() - GOOD_MS) void files.refetch();
  }
  useEffect(() => {
    if (video.current && lost.current) video.current.currentTime = lost.current;
  }, [film]);

  // A shot that is chosen is where the film goes to.
  useEffect(() => {
    const at = shots.findIndex((shot) => shot.number === chosen);
    if (video.current && at >= 0) video.current.currentTime = shots.slice(0, at).reduce((sum, shot) => sum + shot.seconds, 0);
    // Only a choice moves it, and not that shots were asked for anew.
  }, [chosen]);

  if (!film) return <div className="aspect-video" />;
  return (
    <video
      ref={video}
      key={film}
      src={film}
      poster={find("poster.jpg")}
      controls
      playsInline
      preload="metadata"
      onError={again}
      aria-label={job.title}
      className="aspect-video max-h-[80dvh] w-full bg-screen"
    >
      {captions && <track kind="captions" src={captions} srcLang="und" label={said.subtitles} default />}
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
