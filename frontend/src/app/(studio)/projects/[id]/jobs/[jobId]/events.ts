"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { JobShown } from "@/client";
import { jobsReadOptions } from "@/client/@tanstack/react-query.gen";

/** What may happen to a film, as `schemas.events.EventKind` names it. */
const KINDS = [
  "queued", "revised", "restored", "flagged", "refused", "started", "stage_started", "stage_finished", "directed",
  "shots_made", "segment_made", "awaiting_review", "approved", "shot_parked", "shot_resumed", "shot_stand_in",
  "completed", "failed", "cancelled",
] as const;
/** Kinds that change no shot, and nothing that is shown of one. */
const QUIET = new Set<string>(["segment_made", "directed", "queued"]);
export const ENDED = new Set<string>(["completed", "failed", "cancelled"]);

/** At most so often is anything drawn anew because of events, in milliseconds: 10 times a second. */
const DRAW_MS = 100;
/** At most so often are shots asked for. */
const SHOTS_MS = 1_500;
/** How often a film is asked for while nobody tells of it. */
const POLL_MS = 3_000;
/** How long after a refusal events are asked for again. */
const AGAIN_MS = 5_000;

interface Happened {
  seq: number;
  kind: string;
  stage: string | null;
  progress: number;
  status: JobShown["status"];
  message: string;
}

export interface Watched {
  job: JobShown | undefined;
  /** The last thing that was said. */
  message: string;
  /** Whether events come as they happen; otherwise the film is asked for now and then. */
  isLive: boolean;
  error: unknown;
}

/**
 * A film, as it grows: told by server-sent events, which go on where they broke off, and asked for where they cannot.
 *
 * @param onShots Called when shots may be others than before; not more often than they are worth asking for.
 */
export function useWatched(jobId: string, onShots: () => void): Watched {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [message, setMessage] = useState("");
  const options = jobsReadOptions({ path: { job_id: jobId } });
  const job = useQuery({
    ...options,
    staleTime: 0,
    refetchInterval: (query) => (isLive || ENDED.has(query.state.data?.status ?? "") ? false : POLL_MS),
    refetchIntervalInBackground: false,
  });
  const told = useRef(onShots);
  told.current = onShots;

  const isKnown = job.data !== undefined;
  const isOver = ENDED.has(job.data?.status ?? "");
  const last = useRef(0);
  last.current = Math.max(last.current, job.data?.last_event ?? 0);

  // Whoever polls is told of shots by what the film's number of events says.
  const seen = job.data?.last_event ?? 0;
  useEffect(() => {
    if (seen && !isLive) told.current();
  }, [seen, isLive]);

  useEffect(() => {
    if (!isKnown || isOver) return;
    const { queryKey } = jobsReadOptions({ path: { job_id: jobId } });
    let source: EventSource | null = null;
    let waiting: Happened | null = null;
    let drawing = 0;
    let asking = 0;
    let again = 0;

    const draw = () => {
      drawing = 0;
      const event = waiting;
      waiting = null;
      if (!event) return;
      if (event.message) setMessage(event.message);
      client.setQueryData(queryKey, (before: JobShown | undefined) =>
        before && {
          ...before,
          status: ENDED.has(event.status) ? before.status : event.status,
          progress: Math.max(before.progress, Math.min(event.progress, 99)),
          current_step: event.stage ?? before.current_step,
          last_event: event.seq,
        },
      );
      // How it ended, and what can be downloaded, only the film itself says.
      if (ENDED.has(event.status) || event.status === "awaiting_review") void client.invalidateQueries({ queryKey });
    };
    const hear = (raw: MessageEvent<string>) => {
      const event = JSON.parse(raw.data) as Happened;
      last.current = event.seq;
      waiting = event;
      drawing ||= window.setTimeout(draw, DRAW_MS);
      if (!QUIET.has(event.kind))
        asking ||= window.setTimeout(() => {
          asking = 0;
          told.current();
        }, SHOTS_MS);
    };
    const open = () => {
      source = new EventSource(`/api/v1/jobs/${jobId}/events?after=${Math.max(0, last.current - 1)}`);
      source.onopen = () => setLive(true);
      source.onerror = () => {
        setLive(false);
        // A lost connection the browser takes up again by itself; a refusal, such as of a session that ran out, it does not.
        if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(open, AGAIN_MS);
      };
      for (const kind of KINDS) source.addEventListener(kind, hear);
    };
    open();
    return () => {
      source?.close();
      for (const timer of [drawing, asking, again]) window.clearTimeout(timer);
      setLive(false);
    };
  }, [jobId, isKnown, isOver, client]);

  return { job: job.data, message, isLive, error: job.data ? null : job.error };
}
