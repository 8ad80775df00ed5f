"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { film as said } from "@/words/film";
import { Growing, Unknown } from "./growing";
import { fetched, type SoFar } from "./sofar";

/** Where a film is being watched, and whether it runs. */
export interface Watching {
  at: number;
  isPlaying: boolean;
}

interface GrowingFilmProps {
  jobId: string;
  title: string;
  soFar: SoFar;
  /** Where it goes to when that changes, in seconds; null leaves it. */
  goTo: number | null;
  /** Where it is: kept, so that the whole film goes on from there. */
  place: RefObject<Watching>;
}

/** The film so far, in the browser's own player. More of it comes while it is watched. */
export default function GrowingFilm({ jobId, title, soFar, goTo, place }: GrowingFilmProps) {
  const video = useRef<HTMLVideoElement>(null);
  const film = useRef<Growing | null>(null);
  const [trouble, setTrouble] = useState("");

  useEffect(() => {
    const shown = video.current;
    if (!shown) return;
    const growing = new Growing(
      shown,
      async (piece, signal) => {
        const data = await fetched(jobId, piece, signal);
        setTrouble("");
        return data;
      },
      (error) => setTrouble(error instanceof Unknown ? said.soFarUnknown : said.soFarStuck),
    );
    film.current = growing;
    return () => growing.close();
  }, [jobId]);

  useEffect(() => film.current?.grow(soFar), [soFar]);

  useEffect(() => {
    if (video.current && goTo !== null && goTo < soFar.seconds) video.current.currentTime = goTo;
    // Only where it shall go moves it, and not that there is more of it.
  }, [goTo]);

  function note() {
    if (video.current) place.current = { at: video.current.currentTime, isPlaying: !video.current.paused };
  }
  return (
    <>
      <video
        ref={video}
        controls
        playsInline
        autoPlay
        muted
        onTimeUpdate={note}
        onPlay={note}
        onPause={note}
        aria-label={said.soFarOf(title)}
        className="aspect-video max-h-[80dvh] w-full bg-screen"
      />
      <p role="status" className={trouble ? "bg-ground pt-2 text-sm text-soft" : "sr-only"}>
        {trouble}
      </p>
    </>
  );
}
