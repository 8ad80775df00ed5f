"use client";

import { useQuery } from "@tanstack/react-query";
import { jobsIndexOptions } from "@/client/@tanstack/react-query.gen";
import { standing } from "@/parts/standing";
import { day } from "@/parts/time";
import { words } from "@/words";

/** The films that were asked for of this script, the newest first. */
export function Films({ project }: { project: string }) {
  const jobs = useQuery(jobsIndexOptions({ query: { project_id: project, limit: 20 } }));
  if (!jobs.data?.items.length) return null;
  return (
    <section aria-labelledby="films" className="flex flex-col gap-2">
      <h2 id="films" className="display text-2xl">
        {words.project.films}
      </h2>
      <ul>
        {jobs.data.items.map((job) => (
          <li key={job.job_id}>
            <a
              href={`/projects/${project}/jobs/${job.job_id}`}
              className="flex items-baseline justify-between gap-4 border-t border-line py-3 text-ink no-underline hover:text-lamp"
            >
              <span>{standing(job)}</span>
              <span className="text-sm text-soft tabular-nums">
                {job.status === "running" ? `${job.progress} %` : day(job.created_at)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
