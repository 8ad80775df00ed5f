"use client";

import { useSyncExternalStore } from "react";

/** Which build this page is of; empty where it was not built. */
const OURS = process.env.STUDIO_BUILD ?? "";
/** At most so often is it asked whether there is a newer one, in milliseconds. */
const AGAIN_MS = 5_000;
/** How long it is waited for an answer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Answers that a page of the same build as the studio seldom gets. */
const STRANGE = new Set([400, 404, 405, 410, 415, 422, 500, 501]);

/** How this page stands to the studio: of its own build, of before, or of before and told so often enough. */
export type Standing = "own" | "old" | "put off";

let standing: Standing = "own";
let asked = Number.NEGATIVE_INFINITY;
let asking: Promise<boolean> | null = null;
/** Whether it was asked a second time already, since somebody was last known to be there. */
let isRetried = false;
let isAwaited = false;
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
    const answer = await fetch("/build.json", { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE_MS) });
    const { build } = answer.ok ? ((await answer.json()) as { build?: string }) : {};
    if (typeof build === "string" && build !== OURS) turn("old");
    isRetried = false;
  } catch {
    later();
    return false;
  }
  return standing !== "own";
}

/** Nobody answers, as when the network is only just there again: ask once more, and then when somebody comes back. */
function later(): void {
  if (isRetried) return whenBack();
  isRetried = true;
  window.setTimeout(() => (isThere() ? askAnew() : whenBack()), AGAIN_MS);
}

/** Ask when there is a network again, or somebody looks at the page again. */
function whenBack(): void {
  if (isAwaited) return;
  isAwaited = true;
  const back = () => {
    if (!isThere()) return;
    window.removeEventListener("online", back);
    document.removeEventListener("visibilitychange", back);
    isAwaited = false;
    isRetried = false;
    askAnew();
  };
  window.addEventListener("online", back);
  document.addEventListener("visibilitychange", back);
}

/** Ask, however short a time ago it was asked in vain. */
function askAnew(): void {
  asked = Number.NEGATIVE_INFINITY;
  void lookForNewer();
}

function isThere(): boolean {
  return navigator.onLine !== false && document.visibilityState === "visible";
}
