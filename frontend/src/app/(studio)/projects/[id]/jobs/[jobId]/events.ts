"use client";

import { notifyManager, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { JobShown } from "@/client";
import { jobsReadOptions } from "@/client/@tanstack/react-query.gen";
import { useOnline } from "@/parts/online";
import { gather } from "./gather";

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
/** And while somebody does: a connection may be dead without a word. */
const LOOK_MS = 30_000;
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
  /** Whether nobody can be asked: what is shown is what was known last. */
  isLost: boolean;
  error: unknown;
}

/**
 * A film, as it grows: told by server-sent events, which go on where they broke off, and asked for where they cannot.
 *
 * @param onShots Called when shots may be others than before; not more often than they are worth asking for.
 */
export function useWatched(jobId: string, onShots: () => void): Watched {
  const client = useQueryClient();
  const isOnline = useOnline();
  const [isLive, setLive] = useState(false);
  const [message, setMessage] = useState("");
  const options = jobsReadOptions({ path: { job_id: jobId } });
  const job = useQuery({
    ...options,
    staleTime: 0,
    refetchInterval: (query) => (ENDED.has(query.state.data?.status ?? "") ? false : isLive ? LOOK_MS : POLL_MS),
    refetchIntervalInBackground: false,
  });
  const told = useRef(onShots);
  told.current = onShots;

  const isKnown = job.data !== undefined;
  const isOver = ENDED.has(job.data?.status ?? "");
  /** Whether there was a connection that is no more. */
  const wasLost = useRef(false);
  const last = useRef(0);
  last.current = Math.max(last.current, job.data?.last_event ?? 0);

  // Whoever polls is told of shots by what the film's number of events says.
  const seen = job.data?.last_event ?? 0;
  useEffect(() => {
    if (seen && !isLive) told.current();
  }, [seen, isLive]);

  useEffect(() => {
    if (!isKnown || isOver || !isOnline) return;
    const { queryKey } = jobsReadOptions({ path: { job_id: jobId } });
    let source: EventSource | null = null;
    let again = 0;

    const draw = (event: Happened) => {
      // One drawing for both: what is said, and how far it is.
      notifyManager.batch(() => {
        client.setQueryData(queryKey, (before: JobShown | undefined) => before && after(before, event));
        if (event.message) notifyManager.schedule(() => setMessage(event.message));
      });
      // How it ended, and what can be downloaded, only the film itself says.
      if (ENDED.has(event.status) || event.status === "awaiting_review") void client.invalidateQueries({ queryKey });
    };
    const drawing = gather(draw, joined, DRAW_MS);
    const asking = gather<object>(() => told.current(), (_, now) => now, SHOTS_MS);
    const hear = (raw: MessageEvent<string>) => {
      const event = JSON.parse(raw.data) as Happened;
      last.current = event.seq;
      drawing.put(event);
      if (!QUIET.has(event.kind)) asking.put({});
    };
    const open = () => {
      source = new EventSource(`/api/v1/jobs/${jobId}/events?after=${Math.max(0, last.current - 1)}`);
      source.onopen = () => {
        setLive(true);
        // What was asked for meanwhile, nobody may have answered.
        if (wasLost.current) asking.put({});
        wasLost.current = false;
      };
      source.onerror = () => {
        setLive(false);
        // Whether only events are away, or all of the studio, the film says.
        if (!wasLost.current) void client.invalidateQueries({ queryKey });
        wasLost.current = true;
        // A lost connection the browser takes up again by itself; a refusal, such as of a session that ran out, it does not.
        if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(open, AGAIN_MS);
      };
      for (const kind of KINDS) source.addEventListener(kind, hear);
    };
    open();
    return () => {
      source?.close();
      window.clearTimeout(again);
      drawing.stop();
      asking.stop();
      wasLost.current = true;
      setLive(false);
    };
  }, [jobId, isKnown, isOver, isOnline, client]);

  const isUnanswered = job.isError || job.failureCount > 0;
  const isLost = isKnown && !isOver && !isLive && (!isOnline || isUnanswered);
  return { job: job.data, message, isLost, error: job.data ? null : job.error };
}

/** Two events as one: the later one, with the last thing that was said. */
function joined(before: Happened, now: Happened): Happened {
  return { ...now, message: now.message || before.message };
}

/** A film after an event. */
function after(before: JobShown, event: Happened): JobShown {
  return {
    ...before,
    status: ENDED.has(event.status) ? before.status : event.status,
    progress: Math.max(before.progress, Math.min(event.progress, 99)),
    current_step: event.stage ?? before.current_step,
    last_event: event.seq,
  };
}
