"use client";

import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DropZone, FileTrigger, isFileDropItem } from "react-aria-components";
import { type JobShown, type ProjectShown, projectsIndex } from "@/client";
import { jobsIndexOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { House } from "@/parts/house";
import { Refused, Trouble } from "@/parts/problem";
import { begin } from "@/parts/scripts";
import { standing } from "@/parts/standing";
import { day } from "@/parts/time";
import { words } from "@/words";

const said = words.dashboard;
/** How often films in work are looked at, in milliseconds. */
const LOOK_MS = 4_000;
/** Projects that are shown at a time. */
const PROJECTS = 24;
const ENDED = new Set(["completed", "failed", "cancelled"]);

/** Where somebody begins: a script is handed in, and what was made before stands below. */
export function Dashboard() {
  return (
    <House>
      <h1 className="sr-only">{said.title}</h1>
      <div className="flex flex-col gap-14">
        <HandIn />
        <Works />
        <Projects />
      </div>
    </House>
  );
}

function HandIn() {
  const start = useMutation({ mutationFn: begin, onSuccess: (id) => window.location.assign(`/projects/${id}`) });
  const busy = start.isPending || start.isSuccess;
  /** Whether what was dropped last is no file. */
  const [isNothing, setNothing] = useState(false);
  function take(file: File | null) {
    setNothing(false);
    start.mutate(file);
  }
  return (
    <section aria-label={said.drop} className="flex flex-col gap-3">
      <DropZone
        isDisabled={busy}
        aria-label={said.drop}
        getDropOperation={() => "copy"}
        onDrop={async (event) => {
          const item = event.items.find(isFileDropItem);
          if (item) take(await item.getFile());
          else setNothing(true);
        }}
        className="flex flex-col items-start gap-6 rounded-xl border border-dashed border-edge bg-raised px-6 py-10 transition-colors data-[drop-target]:border-lamp data-[drop-target]:bg-sunk sm:flex-row sm:items-center sm:justify-between sm:px-10 sm:py-12"
      >
        <div className="flex flex-col gap-2">
          <p className="display text-4xl sm:text-5xl">{said.drop}</p>
          <p className="max-w-prose text-soft">{said.dropText}</p>
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <FileTrigger onSelect={(files) => files?.[0] && take(files[0])}>
            <Button look="lamp" isDisabled={busy}>
              {said.choose}
            </Button>
          </FileTrigger>
          <Button look="quiet" isDisabled={busy} onPress={() => take(null)}>
            {said.write}
          </Button>
        </div>
      </DropZone>
      <p role="status" className={busy && start.variables ? "text-soft" : "sr-only"}>
        {busy && start.variables ? said.reading(start.variables.name) : ""}
      </p>
      <Trouble error={isNothing ? new Refused(said.nothing) : start.error} />
    </section>
  );
}

function Works() {
  const jobs = useQuery({
    ...jobsIndexOptions({ query: { limit: 12 } }),
    refetchInterval: (query) => (query.state.data?.items.some((job) => !ENDED.has(job.status)) ? LOOK_MS : false),
  });
  const working = jobs.data?.items.filter((job) => !ENDED.has(job.status)) ?? [];
  if (!working.length) return null;
  return (
    <section aria-labelledby="works" className="flex flex-col gap-4">
      <h2 id="works" className="display text-3xl">
        {said.inWork}
      </h2>
      <ul className="flex flex-col">
        {working.map((job) => (
          <Work key={job.job_id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function Work({ job }: { job: JobShown }) {
  return (
    <li>
      <a
        href={`/projects/${job.project_id}/jobs/${job.job_id}`}
        className="group grid grid-cols-[1fr_auto] items-baseline gap-x-6 border-t border-line py-4 text-ink no-underline"
      >
        <span className="display text-2xl group-hover:text-lamp">{job.title}</span>
        <span className="text-sm text-soft tabular-nums">
          {standing(job)} · {job.progress} %
        </span>
        <span aria-hidden="true" className="col-span-2 mt-3 h-0.5 bg-line">
          <span className="block h-full bg-lamp transition-[width] duration-700" style={{ width: `${job.progress}%` }} />
        </span>
      </a>
    </li>
  );
}

function Projects() {
  const projects = useInfiniteQuery({
    queryKey: ["projects"],
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PROJECTS, ...(pageParam ? { cursor: pageParam } : {}) };
      return (await projectsIndex({ query, signal, throwOnError: true })).data;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const all = projects.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="projects" className="flex flex-col gap-6">
      <h2 id="projects" className="display text-3xl">
        {said.title}
      </h2>
      <Trouble error={projects.error} again={() => void projects.refetch()} />
      {projects.isSuccess && !all.length && <p className="text-soft">{said.empty}</p>}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-x-6 gap-y-10">
        {all.map((project) => (
          <Poster key={project.project_id} project={project} />
        ))}
      </ul>
      {projects.hasNextPage && (
        <Button className="self-start" isPending={projects.isFetchingNextPage} onPress={() => void projects.fetchNextPage()}>
          {said.more}
        </Button>
      )}
    </section>
  );
}

function Poster({ project }: { project: ProjectShown }) {
  return (
    <li>
      <a href={`/projects/${project.project_id}`} className="group flex flex-col gap-3 text-ink no-underline">
        <span className="relative block aspect-video overflow-hidden rounded-lg bg-sunk">
          {project.poster ? (
            <img
              src={project.poster}
              alt=""
              className="size-full object-cover transition-transform duration-700 group-hover:scale-[1.025]"
            />
          ) : (
            <span className="script flex size-full items-center justify-center border border-line text-soft">{said.noPoster}</span>
          )}
        </span>
        <span className="flex items-baseline justify-between gap-4">
          <span className="display truncate text-2xl group-hover:text-lamp">{project.title}</span>
          <span className="text-sm whitespace-nowrap text-soft">{day(project.updated_at)}</span>
        </span>
      </a>
    </li>
  );
}
