"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type JobShown, jobsVersions } from "@/client";
import { jobsReadOptions, jobsRestoreMutation } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { Trouble } from "@/parts/problem";
import { Row } from "@/parts/section";
import { moment } from "@/parts/time";
import { words } from "@/words";
import { film as said } from "@/words/film";

/** What a film was before it was changed: any of it can be the film again, at no cost. */
export function Versions({ job, onRestored }: { job: JobShown; onRestored: () => void }) {
  const client = useQueryClient();
  const path = { job_id: job.job_id };
  const versions = useQuery({
    queryKey: ["versions", job.job_id, job.revision, job.version, job.status],
    queryFn: async ({ signal }) => (await jobsVersions({ path, signal, throwOnError: true })).data,
    placeholderData: (before) => before,
  });
  const restore = useMutation({
    ...jobsRestoreMutation(),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: jobsReadOptions({ path }).queryKey });
      onRestored();
    },
  });
  if (!versions.data || versions.data.length < 2) return null;
  return (
    <section aria-labelledby="versions" className="flex flex-col gap-2">
      <h2 id="versions" className="display text-2xl">
        {said.versions}
      </h2>
      <Trouble error={restore.error} />
      <ul>
        {[...versions.data].reverse().map((one) => (
          <Row key={one.number}>
            <span>{said.version(one.number)}</span>
            <span className="text-sm text-soft">
              {one.current ? said.current : one.has_film ? moment(one.created_at) : words.job.status[one.status]}
            </span>
            {one.has_film && !one.current && (
              <Button
                look="quiet"
                className="text-sm"
                isPending={restore.isPending}
                onPress={() => restore.mutate({ path: { ...path, number: one.number } })}
              >
                {restore.isPending ? said.restoring : said.restore}
              </Button>
            )}
          </Row>
        ))}
      </ul>
    </section>
  );
}
