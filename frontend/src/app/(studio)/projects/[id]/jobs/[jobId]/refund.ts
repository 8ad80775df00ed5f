"use client";

import { useQuery } from "@tanstack/react-query";
import { creditsHistory, type EntryShown, type JobShown } from "@/client";

/** Movements of credits that are asked for at a time. */
const PAGE = 100;

/**
 * The last movement of credits that was about a film: what is set aside for it, or what became of that.
 *
 * Null where it never cost anything.
 */
export function useLastEntry(job: JobShown, isAsked: boolean) {
  return useQuery({
    queryKey: ["last-entry", job.job_id, job.revision, job.status],
    queryFn: ({ signal }) => lastEntry(job, signal),
    enabled: isAsked,
    staleTime: 0,
  });
}

/** Look for it, from the newest on. */
export async function lastEntry(job: JobShown, signal: AbortSignal): Promise<EntryShown | null> {
  const ordered = Date.parse(job.created_at);
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask(cursor, signal);
    const found = page.items.find((entry) => entry.job_id === job.job_id);
    if (found) return found;
    const oldest = page.items.at(-1);
    // What is older than the film is about others.
    cursor = oldest && Date.parse(oldest.created_at) >= ordered ? (page.next ?? null) : null;
  } while (cursor);
  return null;
}

async function ask(cursor: string | null, signal: AbortSignal) {
  const query = { limit: PAGE, ...(cursor ? { cursor } : {}) };
  return (await creditsHistory({ query, signal, throwOnError: true })).data;
}

/** Credits that come back when a film is called off: those that are set aside for it now. */
export function setAside(entry: EntryShown | null): number {
  return entry?.type === "reserve" ? -entry.amount : 0;
}

/** Credits that came back of a film that came to nothing. */
export function givenBack(entry: EntryShown | null): number {
  return entry?.type === "release" ? entry.amount : 0;
}
