"use client";

import { useMemo, useState } from "react";
import type { JobShown } from "@/client";
import { Leading } from "@/parts/controls";
import { House } from "@/parts/house";
import { useSegment } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { words } from "@/words";
import { Decide } from "./decide";
import { Downloads } from "./downloads";
import { ENDED, useWatched } from "./events";
import { Screen } from "./screen";
import { scenesOf, useShots } from "./shots";
import { Stages } from "./stages";
import { Storyboard } from "./storyboard";

const said = words.job;

/** A film, growing: what is happening, its shots beside their lines, and in the end the film itself. */
export function Film() {
  const project = useSegment(1);
  const job = useSegment(3);
  return <House>{project && job && <Watching jobId={job} />}</House>;
}

function Watching({ jobId }: { jobId: string }) {
  const { shots, isAsked, reload } = useShots(jobId);
  const { job, message, isLive, error } = useWatched(jobId, reload);
  const [chosen, setChosen] = useState<string | null>(null);
  const scenes = useMemo(() => scenesOf(shots), [shots]);
  if (error) return <Trouble error={error} />;
  if (!job) return null;
  const isOver = ENDED.has(job.status);
  return (
    <div className="flex flex-col gap-12">
      <div className="flex flex-col gap-6">
        <Head job={job} />
        <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <Screen job={job} shots={shots} chosen={chosen} />
          <aside className="flex flex-col gap-8">
            <Now job={job} message={message} isLive={isLive || isOver} made={shots.filter((one) => one.thumbnail).length} all={shots.length} />
            <Decide job={job} shots={shots} onDecided={reload} />
            {job.version !== null && <Downloads jobId={job.job_id} version={job.version} />}
          </aside>
        </div>
      </div>
      {scenes.length > 0 ? (
        <Storyboard scenes={scenes} chosen={chosen} onChoose={setChosen} />
      ) : (
        isAsked && !isOver && <p className="text-soft">{said.noShots}</p>
      )}
    </div>
  );
}

function Head({ job }: { job: JobShown }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2">
      <h1 className="display text-5xl break-words sm:text-6xl">{job.title}</h1>
      <Leading look="quiet" href={`/projects/${job.project_id}`}>
        {ENDED.has(job.status) ? said.again : said.back}
      </Leading>
    </div>
  );
}

interface NowProps {
  job: JobShown;
  message: string;
  isLive: boolean;
  made: number;
  all: number;
}

function Now({ job, message, isLive, made, all }: NowProps) {
  const isOver = ENDED.has(job.status);
  const words_ = job.error?.message ?? said.says[job.status] ?? "";
  return (
    <section className="flex flex-col gap-4">
      <div className="flex items-baseline justify-between gap-4">
        <p role="status" className={`display text-3xl ${job.status === "failed" ? "text-bad" : ""}`}>
          {said.status[job.status]}
        </p>
        {!isOver && <p className="display text-3xl text-soft tabular-nums">{job.progress} %</p>}
      </div>
      {!isOver && <Stages job={job} />}
      {words_ && <p className="text-soft">{words_}</p>}
      {job.error && <p className="text-soft">{said.says[job.status]}</p>}
      {!isOver && (
        <p className="text-sm text-soft">
          {all > 0 && `${said.drawn(made, all)}. `}
          {message}
        </p>
      )}
      {!isLive && !isOver && navigator.onLine === false && <p className="text-sm text-bad">{said.lost}</p>}
    </section>
  );
}
