"use client";

import { useSyncExternalStore } from "react";

/** Which build this page is of; empty where it was not built. */
const OURS = process.env.STUDIO_BUILD ?? "";
/** At most so often is it asked whether there is a newer one, in milliseconds. */
const AGAIN_MS = 5_000;
/** Answers that a page of the same build as the studio seldom gets. */
const STRANGE = new Set([400, 404, 405, 410, 415, 422, 500, 501]);

/** How this page stands to the studio: of its own build, of before, or of before and told so often enough. */
export type Standing = "own" | "old" | "put off";

let standing: Standing = "own";
let asked = Number.NEGATIVE_INFINITY;
let asking: Promise<boolean> | null = null;
const tell = new Set<() => void>();

/** Whether the studio has other pages by now than this one is of, as far as it was asked. */
export function useStanding(): Standing {
  return useSyncExternalStore(heard, () => standing, () => "own");
}

/** Say no more of it on this page. */
export function putOff(): void {
  turn("put off");
}

function turn(to: Standing): void {
  standing = to;
  for (const told of tell) told();
}

function heard(told: () => void): () => void {
  tell.add(told);
  return () => void tell.delete(told);
}

/** Ask whether the studio has other pages by now. What it does not say is no. */
export function lookForNewer(): Promise<boolean> {
  if (!OURS || standing !== "own") return Promise.resolve(standing !== "own");
  if (asking === null && Date.now() - asked < AGAIN_MS) return Promise.resolve(false);
  asking ??= look().finally(() => {
    asking = null;
  });
  return asking;
}

/** Ask, after an answer that would be explained by it. */
export function wonder(status: number): void {
  if (STRANGE.has(status)) void lookForNewer();
}

async function look(): Promise<boolean> {
  asked = Date.now();
  try {
    const answer = await fetch("/build.json", { cache: "no-cache" });
    const { build } = answer.ok ? ((await answer.json()) as { build?: string }) : {};
    if (typeof build === "string" && build !== OURS) turn("old");
  } catch {
    // Nobody answers, as when the network is only just there again: whoever asked would like to know all the same.
    window.setTimeout(() => void lookForNewer(), AGAIN_MS);
    return false;
  }
  return standing !== "own";
}
