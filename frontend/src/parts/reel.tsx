"use client";

import { useEffect, useRef, useState } from "react";
import { words } from "@/words";

const said = words.landing;

/** A film that was made here, as wide as the page, silent: it stands still for whoever asked for less motion. */
export function Reel() {
  const film = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);

  useEffect(() => {
    if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) film.current?.play().catch(() => setPlaying(false));
  }, []);

  return (
    <figure className="mx-auto max-w-[120rem] sm:px-8">
      <div className="relative overflow-hidden bg-screen sm:rounded-xl">
        <video
          ref={film}
          src="/film/the_last_ferry.mp4"
          poster="/film/poster.jpg"
          muted
          loop
          playsInline
          preload="metadata"
          aria-label={said.film}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          className="aspect-video w-full object-cover md:aspect-[2.2]"
        />
        <button
          type="button"
          onClick={() => (isPlaying ? film.current?.pause() : void film.current?.play())}
          aria-label={isPlaying ? said.pause : said.play}
          className="absolute right-4 bottom-4 flex size-12 cursor-pointer items-center justify-center rounded-full bg-black/55 text-white hover:bg-black/75"
        >
          <svg aria-hidden="true" viewBox="0 0 24 24" className="size-5" fill="currentColor">
            {isPlaying ? <path d="M6 4h4v16H6zM14 4h4v16h-4z" /> : <path d="M7 4v16l13-8z" />}
          </svg>
        </button>
      </div>
      <figcaption className="px-4 pt-3 text-sm text-soft sm:px-0">{said.shown}</figcaption>
    </figure>
  );
}
