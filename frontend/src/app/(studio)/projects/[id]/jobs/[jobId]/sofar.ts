"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type JobShown, type PieceShown, previewsRead } from "@/client";
import { ENDED } from "./events";
import { GOOD_MS } from "./files";

/** How many pieces are asked for at once. */
const PAGE = 100;

/** A piece of the film, and when its link was given out. */
export interface Piece extends PieceShown {
  at: number;
}

/** The film as far as it is encoded from its first frame on. */
export interface SoFar {
  /** In order, from the first on. */
  pieces: readonly Piece[];
  /** How much of the film they are, in seconds. */
  seconds: number;
  filmSeconds: number | null;
  isGrowing: boolean;
  mediaType: string | null;
}

/** Whether this browser plays films that grow. */
export function canGrow(film: SoFar): boolean {
  return film.mediaType === "video/mp4" && typeof MediaSource !== "undefined";
}

/** Stages in which the film itself comes to be, out of its pictures. */
const CUTTING = new Set(["composition", "post"]);

/**
 * The film so far. It is asked for when the film's progress says that there is more of it.
 *
 * @param job The film; of one that is finished, nothing is asked.
 */
export function useSoFar(job: JobShown): SoFar | null {
  const isAsked = job.version === null && job.status === "running" && CUTTING.has(job.current_step ?? "");
  const found = useQuery({
    queryKey: ["so far", job.job_id, job.revision],
    queryFn: ({ client, queryKey, signal }) => more(job.job_id, client.getQueryData<SoFar>(queryKey), signal),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const { refetch } = found;
  const seen = useRef(job.progress);
  useEffect(() => {
    if (!isAsked || seen.current === job.progress) return;
    seen.current = job.progress;
    void refetch({ cancelRefetch: false });
  }, [isAsked, job.progress, refetch]);
  return job.version === null && !ENDED.has(job.status) ? (found.data ?? null) : null;
}

/** What is known of a film, and what has come since. */
async function more(jobId: string, known: SoFar | undefined, signal: AbortSignal): Promise<SoFar> {
  const pieces = [...(known?.pieces ?? [])];
  for (;;) {
    const at = Date.now();
    const found = (
      await previewsRead({ path: { job_id: jobId }, query: { after: pieces.length, limit: PAGE }, signal, throwOnError: true })
    ).data;
    pieces.push(...found.items.map((piece) => ({ ...piece, at })));
    if (pieces.length >= found.pieces || found.items.length === 0)
      return {
        pieces,
        seconds: found.seconds,
        filmSeconds: found.film_seconds,
        isGrowing: found.growing,
        mediaType: found.media_type,
      };
  }
}

/** Fetch a piece; where its link may have run out, by another one. */
export async function fetched(jobId: string, piece: Piece, signal: AbortSignal): Promise<ArrayBuffer> {
  const url = piece.at > Date.now() - GOOD_MS ? piece.url : await anew(jobId, piece, signal);
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.arrayBuffer();
}

async function anew(jobId: string, piece: Piece, signal: AbortSignal): Promise<string> {
  const at = Date.now();
  const { data } = await previewsRead({ path: { job_id: jobId }, query: { after: piece.number - 1, limit: 1 }, signal, throwOnError: true });
  const [found] = data.items;
  if (!found) throw new Error("gone");
  Object.assign(piece, found, { at });
  return found.url;
}
