"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { JobShown } from "@/client";
import { previewsLeftOptions } from "@/client/@tanstack/react-query.gen";
import { film } from "@/words/film";
import { type Due, settled, spoken } from "./left";

const said = film.left;
/** How often it is asked how long a film will take, how often until somebody can say, and how often it is said anew. */
const ASK_MS = 10_000;
const EARLY_MS = 3_000;
const SAY_MS = 2_500;

/** How long a film in work will take: in words, as a range, and nothing where nobody can say. */
export function TimeLeft({ job }: { job: JobShown }) {
  const [due, setDue] = useState<Due | null>(null);
  const now = useNow(due !== null);
  const { data, dataUpdatedAt } = useQuery({
    ...previewsLeftOptions({ path: { job_id: job.job_id } }),
    enabled: job.status === "running",
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.seconds ? ASK_MS : EARLY_MS),
  });
  useEffect(() => {
    const left = data?.seconds;
    setDue((shown) => {
      if (!left) return null;
      return settled(shown, { least: dataUpdatedAt + left.least * 1000, most: dataUpdatedAt + left.most * 1000 });
    });
  }, [data, dataUpdatedAt]);
  if (!due || job.status !== "running") return null;
  const left = spoken(due, Math.max(now, dataUpdatedAt));
  return <p>{"least" in left ? said[left.unit](left.least, left.most) : said[left.unit]}</p>;
}

/** The time by the clock, every few seconds while it is needed. */
function useNow(isNeeded: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isNeeded) return;
    const timer = window.setInterval(() => setNow(Date.now()), SAY_MS);
    return () => window.clearInterval(timer);
  }, [isNeeded]);
  return now;
}
