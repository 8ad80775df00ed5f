"use client";

import { useQuery } from "@tanstack/react-query";
import { jobsDownloads } from "@/client";

/** How long links are used on: they are good for a quarter of an hour. */
export const GOOD_MS = 10 * 60_000;

/**
 * The files of a finished film, with links.
 *
 * @param version Which version's: another one is other files.
 */
export function useFiles(jobId: string, version: number | null) {
  return useQuery({
    queryKey: ["files", jobId, version],
    queryFn: async ({ signal }) => (await jobsDownloads({ path: { job_id: jobId }, signal, throwOnError: true })).data,
    staleTime: GOOD_MS,
    refetchOnWindowFocus: false,
  });
}
