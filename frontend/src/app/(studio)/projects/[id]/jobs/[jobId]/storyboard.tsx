"use client";

import { memo, useEffect, useRef, useState } from "react";
import type { ShotShown } from "@/client";
import { length } from "@/parts/time";
import { words } from "@/words";
import type { Scene } from "./shots";

const said = words.job;

interface BoardProps {
  scenes: readonly Scene[];
  chosen: string | null;
  onChoose: (shot: string) => void;
}

/** The shots beside their lines, scene by scene: who chooses one finds the other, and the film goes there. */
export function Storyboard({ scenes, chosen, onChoose }: BoardProps) {
  return (
    <section aria-label={said.shots} className="flex flex-col gap-16">
      {scenes.map((scene) => (
        <SceneBoard key={scene.shots[0]?.number} scene={scene} chosen={chosen} onChoose={onChoose} />
      ))}
    </section>
  );
}

interface SceneProps {
  scene: Scene;
  chosen: string | null;
  onChoose: (shot: string) => void;
}

/** A scene's shots are in the page only while they are near what is seen: a long film has thousands. */
function SceneBoard({ scene, chosen, onChoose }: SceneProps) {
  const { place, isNear, height } = useNear(scene.shots.length);
  return (
    <section
      ref={place}
      aria-label={said.scene(scene.number)}
      style={isNear ? undefined : { minHeight: height }}
      className="grid content-start gap-x-12 gap-y-6 border-t border-line pt-6 lg:grid-cols-[minmax(18rem,5fr)_8fr]"
    >
      <div className="flex flex-col gap-4">
        <h2 className="script flex gap-4 font-bold">
          <span aria-hidden="true" className="text-soft tabular-nums">
            {scene.number}
          </span>
          {scene.slugline || said.scene(scene.number)}
        </h2>
        {isNear && (
          <ol className="hidden flex-col lg:flex">
            {scene.shots.map((shot) => (
              <Line key={shot.number} shot={shot} isChosen={shot.number === chosen} onChoose={onChoose} />
            ))}
          </ol>
        )}
      </div>
      {isNear && (
        <ol className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,13.5rem),1fr))] content-start gap-x-4 gap-y-6">
          {scene.shots.map((shot) => (
            <Frame key={shot.number} shot={shot} isChosen={shot.number === chosen} onChoose={onChoose} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** How far from what is seen a scene is put into the page. */
const NEAR = "800px";
/** Pixels that a row of three pictures takes, about: until a scene was seen, by it its height is guessed. */
const ROW_PX = 190;

/** Whether an element is near what is seen, and what height it keeps while it is not. */
function useNear(shots: number) {
  const place = useRef<HTMLElement>(null);
  const [isNear, setNear] = useState(false);
  const [height, setHeight] = useState(() => Math.ceil(shots / 3) * ROW_PX + 60);
  useEffect(() => {
    if (!place.current) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        if (!entry.isIntersecting) setHeight((before) => entry.boundingClientRect.height || before);
        setNear(entry.isIntersecting);
      },
      { rootMargin: `${NEAR} 0px` },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return { place, isNear, height };
}

interface ShotProps {
  shot: ShotShown;
  isChosen: boolean;
  onChoose: (shot: string) => void;
}

const Line = memo(function Line({ shot, isChosen, onChoose }: ShotProps) {
  function choose() {
    onChoose(shot.number);
    show(`frame-${shot.number}`);
  }
  return (
    <li id={`line-${shot.number}`}>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={choose}
        className={`script block w-full cursor-pointer border-l-2 py-1.5 pl-4 text-left whitespace-pre-line transition-colors ${
          isChosen ? "border-lamp text-ink" : "border-transparent text-soft hover:border-line hover:text-ink"
        }`}
      >
        {shot.words}
      </button>
    </li>
  );
});

const Frame = memo(function Frame({ shot, isChosen, onChoose }: ShotProps) {
  function choose() {
    onChoose(shot.number);
    show(`line-${shot.number}`);
  }
  return (
    <li id={`frame-${shot.number}`}>
      <button type="button" aria-pressed={isChosen} onClick={choose} className="group flex w-full cursor-pointer flex-col gap-2 text-left">
        <span
          className={`relative block aspect-video w-full overflow-hidden rounded-md bg-screen outline-offset-2 ${
            isChosen ? "outline-2 outline-lamp" : ""
          }`}
        >
          {shot.thumbnail ? (
            <img
              key={shot.thumbnail}
              src={shot.thumbnail}
              alt=""
              loading="lazy"
              decoding="async"
              className="develop size-full object-cover"
            />
          ) : (
            <span aria-hidden="true" className="breathe absolute inset-x-1/3 top-1/2 h-px bg-[#7a6e61]" />
          )}
        </span>
        <span className="flex items-baseline justify-between gap-3 text-sm text-soft tabular-nums">
          <span>
            {shot.size} · {length(shot.seconds)}
          </span>
          <span className={shot.state === "parked" ? "text-lamp" : shot.state === "made" ? "sr-only" : ""}>
            {said.states[shot.state]}
          </span>
        </span>
        <span className="script text-ink lg:sr-only">{shot.words}</span>
      </button>
    </li>
  );
});

/** Bring an element into view, where it is not already. */
function show(id: string) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  document.getElementById(id)?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}
