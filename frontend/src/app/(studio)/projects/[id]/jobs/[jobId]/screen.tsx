"use client";

import { lazy, type RefObject, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { JobShown, ShotShown } from "@/client";
import { Button } from "@/parts/controls";
import { Drawn } from "@/parts/drawn";
import { Projector } from "@/parts/projector";
import { lookForNewer, useStanding } from "@/parts/newer";
import { length } from "@/parts/time";
import { words } from "@/words";
import { film as filmSaid } from "@/words/film";
import { GOOD_MS, useFiles } from "./files";
import type { Watching } from "./growing-film";
import { canGrow, type SoFar, useSoFar } from "./sofar";

const said = words.job;
/** What plays a film that grows: loaded when somebody wants to watch one. After a deployment it may be gone. */
const GrowingFilm = lazy(() => import("./growing-film").catch(() => ({ default: NotLoaded })));

interface ScreenProps {
  job: JobShown;
  shots: readonly ShotShown[];
  /** Number of the shot that was asked for; null shows the newest picture. */
  chosen: string | null;
}

/** The screen: the film when there is one, and before that its newest picture, or as much of it as is encoded. */
export function Screen({ job, shots, chosen }: ScreenProps) {
  const soFar = useSoFar(job);
  const [isWatched, setWatched] = useState(false);
  const place = useRef<Watching>({ at: 0, isPlaying: false });
  // Only a choice moves it, and not that shots were asked for anew.
  const goTo = useMemo(() => startOf(shots, chosen), [chosen]);
  const isThere = soFar !== null && soFar.pieces.length > 0 && canGrow(soFar);
  function turn() {
    setWatched(!isWatched);
    place.current = { at: 0, isPlaying: false };
  }
  return (
    <div className="flex flex-col gap-3 self-start">
      <section aria-label={said.watch} className="overflow-hidden rounded-xl bg-screen">
        {job.version !== null ? (
          <Player job={job} goTo={goTo} place={place} />
        ) : isThere && isWatched ? (
          <Suspense fallback={<div className="aspect-video" />}>
            <GrowingFilm jobId={job.job_id} title={job.title} soFar={soFar} goTo={goTo} place={place} />
          </Suspense>
        ) : (
          <Still job={job} shots={shots} chosen={chosen} />
        )}
      </section>
      {isThere && <Growth soFar={soFar} isWatched={isWatched} onTurn={turn} />}
    </div>
  );
}

/** How much of the film there is to be watched, and the way to it and back. */
function Growth({ soFar, isWatched, onTurn }: { soFar: SoFar; isWatched: boolean; onTurn: () => void }) {
  const all = soFar.filmSeconds === null ? "" : length(soFar.filmSeconds);
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Button onPress={onTurn}>{isWatched ? filmSaid.soFarLeave : filmSaid.soFarWatch}</Button>
      <p className="text-sm text-soft tabular-nums">{filmSaid.soFar(length(soFar.seconds), all)}</p>
    </div>
  );
}

function NotLoaded() {
  const isOld = useStanding() !== "own";
  useEffect(() => void lookForNewer(), []);
  return (
    <p role="alert" className="flex aspect-video items-center justify-center px-6 text-white">
      {isOld ? filmSaid.soFarOld : words.unreachable}
    </p>
  );
}

/** When a shot begins, in seconds of the film; null where there is no such shot. */
function startOf(shots: readonly ShotShown[], number: string | null): number | null {
  const at = shots.findIndex((shot) => shot.number === number);
  return at < 0 ? null : shots.slice(0, at).reduce((sum, shot) => sum + shot.seconds, 0);
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

interface PlayerProps {
  job: JobShown;
  /** Where it goes to when that changes, in seconds; null leaves it. */
  goTo: number | null;
  /** Where the film was being watched before it was whole: it goes on from there. */
  place: RefObject<Watching>;
}

function Player({ job, goTo, place }: PlayerProps) {
  const files = useFiles(job.job_id, job.version);
  const find = (name: string) => files.data?.find((file) => file.name === name)?.url;
  const film = files.data?.find((file) => file.media_type.startsWith("video/"))?.url;
  if (!film) return <div className="aspect-video" />;
  return (
    <Projector
      film={film}
      title={job.title}
      poster={find("poster.jpg")}
      subtitles={find("subtitles.vtt")}
      goTo={goTo}
      from={place.current}
      onLost={() => {
        if (files.dataUpdatedAt < Date.now() - GOOD_MS) void files.refetch();
      }}
    />
  );
}
