"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { shotsIndex, type ShotShown } from "@/client";

/** Shots that are asked for at a time. */
const PAGE = 100;
/** How long a link to a picture is used on: it is good for a quarter of an hour. */
const GOOD_MS = 10 * 60_000;

const NONE: ShotShown[] = [];

interface Link {
  url: string;
  since: number;
}

/** All shots of a film, in its order. A picture that has not changed keeps its link, so that it is not loaded anew. */
export function useShots(jobId: string) {
  const client = useQueryClient();
  const links = useRef(new Map<string, Link>());
  const queryKey = ["shots", jobId];
  const shots = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await all(jobId, signal)).map((shot) => steady(shot, links.current)),
    staleTime: GOOD_MS,
    refetchOnWindowFocus: true,
  });
  // Of a long film asking takes longer than the next event: what is asked is waited for, and then asked once more.
  const isWanted = useRef(false);
  const reload = useCallback(() => {
    isWanted.current = client.isFetching({ queryKey: ["shots", jobId] }) > 0;
    if (!isWanted.current) void client.invalidateQueries({ queryKey: ["shots", jobId] });
  }, [client, jobId]);
  const { isFetching } = shots;
  useEffect(() => {
    if (!isFetching && isWanted.current) reload();
  }, [isFetching, reload]);
  return { shots: shots.data ?? NONE, isAsked: shots.isFetched, reload };
}

async function all(jobId: string, signal: AbortSignal): Promise<ShotShown[]> {
  const found: ShotShown[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask(jobId, cursor, signal);
    found.push(...page.items);
    cursor = page.next ?? null;
  } while (cursor);
  return found;
}

async function ask(jobId: string, cursor: string | null, signal: AbortSignal) {
  const query = { limit: PAGE, ...(cursor ? { cursor } : {}) };
  return (await shotsIndex({ path: { job_id: jobId }, query, signal, throwOnError: true })).data;
}

function steady(shot: ShotShown, links: Map<string, Link>): ShotShown {
  return { ...shot, thumbnail: kept(shot.thumbnail, links), picture: kept(shot.picture, links) };
}

function kept<T extends string | null | undefined>(url: T, links: Map<string, Link>): T | string {
  if (!url) return url;
  const place = url.split("?")[0] ?? "";
  const known = links.get(place);
  if (known && Date.now() - known.since < GOOD_MS) return known.url;
  links.set(place, { url, since: Date.now() });
  return url;
}

export interface Scene {
  number: number;
  slugline: string;
  shots: ShotShown[];
}

/** Shots by scene, in the order of the film: one that was moved elsewhere opens its scene there anew. */
export function scenesOf(shots: readonly ShotShown[]): Scene[] {
  const scenes: Scene[] = [];
  for (const shot of shots) {
    const last = scenes.at(-1);
    if (last?.number === shot.scene) last.shots.push(shot);
    else scenes.push({ number: shot.scene, slugline: shot.slugline, shots: [shot] });
  }
  return scenes;
}
