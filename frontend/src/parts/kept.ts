"use client";

import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";

/** Where what was written waits while its page is loaded anew: this tab's own place. */
const PLACE = "studio-kept";

type Read = () => unknown;

/** What is being written on this page, by its names. */
const open = new Map<string, Read>();
/** What was written before the page was loaded anew, until it is asked for. */
let brought: Map<string, unknown> | null = null;
let isFrozen = false;
let isCarried = false;

/** A state that outlives a page that is loaded anew by `carryOver`; by nothing else, and not without a name. Never for a password. */
export function useKept<T>(name: string, first: () => T): [T, Dispatch<SetStateAction<T>>] {
  const [value, setValue] = useState<T>(() => take(name, first()));
  useHeld(name, () => value);
  return [value, setValue];
}

/** Say what is being written, should the page be loaded anew: `take` finds it then. Undefined is nothing. */
export function useHeld(name: string, read: Read): void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (!name) return;
    const own = () => latest.current();
    open.set(name, own);
    return () => {
      if (!isFrozen && open.get(name) === own) open.delete(name);
    };
  }, [name]);
}

/** What was written before the page was loaded anew, once; or else what stands there at first. */
export function take<T>(name: string, first: T): T {
  if (typeof window === "undefined" || !name) return first;
  brought ??= unpacked();
  const found = brought.get(name);
  brought.delete(name);
  return found !== undefined && isAlike(found, first) ? (found as T) : first;
}

/** Leave what was being written as it is, although the page that it stood on is taken down. */
export function freeze(): void {
  isFrozen = true;
}

/** Lay what was written aside for the page that follows. False where there is too much of it. */
export function carryOver(): boolean {
  const values = [...open].map(([name, read]) => [name, read()] as const).filter(([, value]) => value !== undefined);
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ at: window.location.pathname, values }));
  } catch {
    sessionStorage.removeItem(PLACE);
    return false;
  }
  isCarried = true;
  return true;
}

/** Whether all that is written is laid aside, so that nobody needs to be asked before the page goes. */
export function isLaidAside(): boolean {
  return isCarried;
}

function unpacked(): Map<string, unknown> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as { at: string; values: [string, unknown][] } | null;
    sessionStorage.removeItem(PLACE);
    return new Map(kept?.at === window.location.pathname ? kept.values : []);
  } catch {
    return new Map(); // whoever has no such place has nothing there
  }
}

/** Whether a value of an older page has the form that this one knows. What is null says nothing of its form. */
function isAlike(found: unknown, first: unknown): boolean {
  if (found === null || first === null) return true;
  if (typeof found !== typeof first || Array.isArray(found) !== Array.isArray(first)) return false;
  if (typeof found !== "object" || Array.isArray(found)) return true;
  const [one, other] = [found as Record<string, unknown>, first as Record<string, unknown>];
  const names = Object.keys(other);
  return names.length === Object.keys(one).length && names.every((name) => name in one && isAlike(one[name], other[name]));
}
