"use client";

import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, memo, type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ShotShown } from "@/client";
import { Drawn } from "@/parts/drawn";
import { length } from "@/parts/time";
import { words } from "@/words";
import { film } from "@/words/film";
import { type BoardRow, heightOf, rowsOf, type Shape, shapeOf } from "./rows";
import type { Scene } from "./shots";

const said = words.job;
/** Rows beyond what is seen that are in the page, each way: a long film has thousands of shots. */
const BEYOND = 4;
/** Sizes as writers call them. */
const SIZES = new Map<string, string>(film.sizes.map((size) => [size.id, size.name]));

interface BoardProps {
  scenes: readonly Scene[];
  chosen: string | null;
  onChoose: (shot: string) => void;
  /** Opens what changes a shot; null while none can be changed. */
  onChange: ((shot: string) => void) | null;
}

/** The shots beside their lines, scene by scene: who chooses one marks the other, and the film goes there. */
export const Storyboard = memo(function Storyboard({ scenes, ...rest }: BoardProps) {
  const place = useRef<HTMLElement>(null);
  const { width, top } = usePlace(place);
  const shape = useMemo(() => shapeOf(width), [width]);
  const rows = useMemo(() => rowsOf(scenes, shape.columns), [scenes, shape.columns]);
  const focused = useRef<number | null>(null);
  const virtual = useWindowVirtualizer({
    count: width ? rows.length : 0,
    estimateSize: (index) => (rows[index] ? heightOf(rows[index], shape) : 0),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: BEYOND,
    scrollMargin: top,
    // Whoever tabs on from a row that is scrolled out of view goes on from there, and not from the page's beginning.
    rangeExtractor: useCallback((range: Range) => withRow(defaultRangeExtractor(range), focused.current, range.count), []),
  });
  function focus(event: FocusEvent) {
    const row = (event.target as Element).closest("[data-index]");
    focused.current = row ? Number(row.getAttribute("data-index")) : null;
  }
  return (
    <section ref={place} aria-label={said.shots} onFocus={focus}>
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start - top}px)` }}
            >
              {row.kind === "scene" ? <Slugline scene={row.scene} /> : <ShotRow row={row} shape={shape} {...rest} />}
            </div>
          );
        })}
      </div>
    </section>
  );
});

/** Where an element begins in the page, and how wide it is. */
function usePlace(place: RefObject<HTMLElement | null>) {
  const [found, setFound] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = () => {
      const { width, top: seen } = element.getBoundingClientRect();
      const top = Math.round(seen + window.scrollY);
      setFound((before) => (before.width === width && before.top === top ? before : { width, top }));
    };
    look();
    // What stands above it grows and shrinks, too.
    const watch = new ResizeObserver(look);
    watch.observe(element);
    if (element.parentElement) watch.observe(element.parentElement);
    return () => watch.disconnect();
  }, [place]);
  return found;
}

function withRow(rows: number[], row: number | null, count: number): number[] {
  if (row === null || row >= count || rows.includes(row)) return rows;
  return [...rows, row].sort((one, other) => one - other);
}

function Slugline({ scene }: { scene: Scene }) {
  return (
    <h2 className="script flex gap-4 border-t border-line pt-6 pb-5 font-bold">
      <span aria-hidden="true" className="text-soft tabular-nums">
        {scene.number}
      </span>
      {scene.slugline || said.scene(scene.number)}
    </h2>
  );
}

interface RowProps extends Omit<BoardProps, "scenes"> {
  row: BoardRow & { kind: "shots" };
  shape: Shape;
}

const ShotRow = memo(function ShotRow({ row, shape, chosen, onChoose, onChange }: RowProps) {
  return (
    <div
      className={`grid items-start gap-x-12 ${row.isLast ? "pb-16" : "pb-6"} ${shape.isWide ? "grid-cols-[minmax(0,5fr)_minmax(0,8fr)]" : ""}`}
    >
      {shape.isWide && (
        <ol className="flex flex-col">
          {row.shots.map((shot) => (
            <Line key={shot.number} shot={shot} isChosen={shot.number === chosen} onChoose={onChoose} />
          ))}
        </ol>
      )}
      <ol className="grid gap-x-4" style={{ gridTemplateColumns: `repeat(${shape.columns}, minmax(0, 1fr))` }}>
        {row.shots.map((shot) => (
          <Frame
            key={shot.number}
            shot={shot}
            isChosen={shot.number === chosen}
            hasWords={!shape.isWide}
            onChoose={onChoose}
            onChange={onChange}
          />
        ))}
      </ol>
    </div>
  );
});

interface ShotProps {
  shot: ShotShown;
  isChosen: boolean;
  onChoose: (shot: string) => void;
}

const Line = memo(function Line({ shot, isChosen, onChoose }: ShotProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => onChoose(shot.number)}
        className={`script block w-full cursor-pointer border-l-2 py-1.5 pl-4 text-left break-words whitespace-pre-line transition-colors ${
          isChosen ? "border-lamp text-ink" : "border-transparent text-soft hover:border-line hover:text-ink"
        }`}
      >
        {shot.words}
      </button>
    </li>
  );
});

interface FrameProps extends ShotProps {
  /** Whether its words stand below it, and not beside it. */
  hasWords: boolean;
  onChange: ((shot: string) => void) | null;
}

const Frame = memo(function Frame({ shot, isChosen, hasWords, onChoose, onChange }: FrameProps) {
  return (
    <li data-shot={shot.number} className="flex flex-col gap-1.5">
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => onChoose(shot.number)}
        className="flex w-full cursor-pointer flex-col gap-2 text-left"
      >
        <span
          className={`relative block aspect-video w-full overflow-hidden rounded-md bg-screen outline-offset-2 ${
            isChosen ? "outline-2 outline-lamp" : ""
          }`}
        >
          {shot.thumbnail ? (
            <Drawn
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
        <span className={hasWords ? "script text-ink" : "sr-only"}>{shot.words}</span>
      </button>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm text-soft tabular-nums">
        <span>
          {SIZES.get(shot.size) ?? shot.size} · {length(shot.seconds)}
        </span>
        <span className={shot.state === "parked" ? "text-lamp" : shot.state === "made" ? "sr-only" : ""}>{said.states[shot.state]}</span>
        {onChange && (
          <button
            type="button"
            aria-label={film.changeOf(shot.number)}
            onClick={() => onChange(shot.number)}
            className="cursor-pointer py-1 text-soft underline decoration-line underline-offset-4 hover:text-ink hover:decoration-ink"
          >
            {film.change}
          </button>
        )}
      </p>
    </li>
  );
});
