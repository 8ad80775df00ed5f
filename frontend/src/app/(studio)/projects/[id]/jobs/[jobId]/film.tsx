"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { JobShown } from "@/client";
import { creditsBalanceQueryKey, jobsReadQueryKey } from "@/client/@tanstack/react-query.gen";
import { Leading } from "@/parts/controls";
import { House } from "@/parts/house";
import { useKept } from "@/parts/kept";
import { useSegment } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { meaning, standing } from "@/parts/standing";
import { words } from "@/words";
import { film } from "@/words/film";
import { Change } from "./change";
import { Decide } from "./decide";
import { Downloads } from "./downloads";
import { ENDED, useWatched } from "./events";
import { givenBack, useLastEntry } from "./refund";
import { Screen } from "./screen";
import { Share } from "./share";
import { scenesOf, useShots } from "./shots";
import { Stages } from "./stages";
import { Storyboard } from "./storyboard";
import { TimeLeft } from "./time-left";
import { Versions } from "./versions";

const said = words.job;

/** A film, growing: what is happening, its shots beside their lines, and in the end the film itself. */
export function Film() {
  const project = useSegment(1);
  const job = useSegment(3);
  return <House>{project && job && <Watching jobId={job} />}</House>;
}

function Watching({ jobId }: { jobId: string }) {
  const client = useQueryClient();
  const { shots, isAsked, reload } = useShots(jobId);
  const { job, message, isLost, error } = useWatched(jobId, reload);
  const [chosen, setChosen] = useState<string | null>(null);
  const [changing, setChanging] = useKept<string | null>("changing", () => null);
  const scenes = useMemo(() => scenesOf(shots), [shots]);
  const isChangeable = job !== undefined && canChange(job);
  const onChange = useMemo(() => (isChangeable ? setChanging : null), [isChangeable]);
  const close = useCallback(() => setChanging(null), []);
  if (error) return <Trouble error={error} />;
  if (!job) return null;
  const isOver = ENDED.has(job.status);
  const changed = shots.find((shot) => shot.number === changing);
  function onChanged() {
    setChanging(null);
    void client.invalidateQueries({ queryKey: jobsReadQueryKey({ path: { job_id: jobId } }) });
    void client.invalidateQueries({ queryKey: creditsBalanceQueryKey() });
    reload();
  }
  return (
    <div className="flex flex-col gap-12">
      <div className="flex flex-col gap-6">
        <Head job={job} />
        <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Screen job={job} shots={shots} chosen={chosen} />
          <aside className="flex flex-col gap-8">
            <Now job={job} message={message} isLost={isLost} made={shots.filter((one) => one.thumbnail).length} all={shots.length} />
            <Decide job={job} shots={shots} onDecided={reload} onChange={setChanging} />
            {job.version !== null && (
              <>
                <Downloads jobId={job.job_id} version={job.version} />
                <Share jobId={job.job_id} title={job.title} />
              </>
            )}
            <Versions job={job} onRestored={reload} />
          </aside>
        </div>
      </div>
      {scenes.length > 0 ? (
        <Storyboard scenes={scenes} chosen={chosen} onChoose={setChosen} onChange={onChange} />
      ) : (
        isAsked && !isOver && <p className="text-soft">{said.noShots}</p>
      )}
      {changed && <Change job={job} shot={changed} onClose={close} onChanged={onChanged} />}
    </div>
  );
}

/** Whether any shot of a film may be changed: all of one that is reviewed or finished. What failed has its own place. */
function canChange(job: JobShown): boolean {
  return job.status === "awaiting_review" || (ENDED.has(job.status) && job.version !== null);
}

function Head({ job }: { job: JobShown }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
      <h1 className="display min-w-0 text-5xl [overflow-wrap:anywhere] sm:text-6xl">{job.title}</h1>
      <Leading look="quiet" href={`/projects/${job.project_id}`}>
        {ENDED.has(job.status) ? said.again : said.back}
      </Leading>
    </div>
  );
}

interface NowProps {
  job: JobShown;
  message: string;
  isLost: boolean;
  made: number;
  all: number;
}

function Now({ job, message, isLost, made, all }: NowProps) {
  const isOver = ENDED.has(job.status);
  return (
    <section className="flex flex-col gap-4">
      <div className="flex items-baseline justify-between gap-4">
        <p role="status" className={`display text-3xl ${job.status === "failed" ? "text-bad" : ""}`}>
          {standing(job)}
        </p>
        {!isOver && <p className="display text-3xl text-soft tabular-nums">{job.progress} %</p>}
      </div>
      {!isOver && <Stages job={job} />}
      {!isOver && <TimeLeft job={job} />}
      {job.status === "failed" || job.status === "cancelled" ? (
        <CameToNothing job={job} />
      ) : (
        meaning(job) && <p className="text-soft">{meaning(job)}</p>
      )}
      {!isOver && (
        <p className="text-sm text-soft">
          {all > 0 && `${said.drawn(made, all)}. `}
          {
            // What a shot needs stands with the shot, in a writer's words.
            job.status !== "needs_attention" && message
          }
        </p>
      )}
      {isLost && (
        <p role="alert" className="border-l-2 border-bad py-1 pl-4 text-sm text-bad">
          {said.lost}
        </p>
      )}
    </section>
  );
}

/** Why there is no film: what happened, what a writer can do about it, and what came back. */
function CameToNothing({ job }: { job: JobShown }) {
  const entry = useLastEntry(job, true);
  const back = givenBack(entry.data ?? null);
  return (
    <div className="flex flex-col gap-3 text-soft">
      {job.error?.message && <p className="text-ink">{job.error.message}</p>}
      {job.error && <p>{film.advice[job.error.code] ?? film.adviceElse}</p>}
      {back > 0 && <p>{film.refunded(back)}</p>}
    </div>
  );
}
