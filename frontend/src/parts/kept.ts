"use client";

import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";

/** Where what was written waits while its page is loaded anew: this tab's own place. */
const PLACE = "studio-kept";

/** What is written, and what it began with, where it began with something. */
interface Written {
  value: unknown;
  began?: unknown;
}

/** What is laid aside for the page that follows. */
interface Kept {
  at: string;
  by: string;
  values: [string, Written][];
}

/** What is being written on this page, by its names. */
const open = new Map<string, () => Written>();
/** What was written before the page was loaded anew, until it is asked for. */
let brought: Map<string, Written> | null = null;
/** Id of the account that is signed in; null while nobody is known. */
let writer: string | null = null;
let isFrozen = false;
let isCarried = false;

/** Say which account writes here: what it wrote is given back to it alone. */
export function keepFor(account: string): void {
  if (writer !== account) brought = null;
  writer = account;
}

/**
 * A state that outlives a page that is loaded anew by `carryOver`; by nothing else, and not without a name. Never for a
 * password. What nobody has touched follows what `first` says, here and on the page that is loaded.
 */
export function useKept<T>(name: string, first: () => T): [T, Dispatch<SetStateAction<T>>] {
  const now = first();
  const [began, setBegan] = useState<T>(now);
  const [value, setValue] = useState<T>(() => take(name, now));
  if (!isSame(began, now)) {
    setBegan(now);
    setValue(rebased(value, began, now));
  }
  useHeld(name, () => value, began);
  return [value, setValue];
}

/**
 * Say what is being written, should the page be loaded anew: `take` finds it then. Undefined is nothing, and so is what it
 * began with.
 */
export function useHeld(name: string, read: () => unknown, began?: unknown): void {
  const written = () => ({ value: read(), began });
  const latest = useRef(written);
  latest.current = written;
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
  if (typeof window === "undefined" || !name || writer === null) return first;
  brought ??= unpacked(writer);
  const found = brought.get(name);
  brought.delete(name);
  return found && isAlike(found.value, first) ? rebased(found.value as T, found.began as T, first) : first;
}

/** What was written upon something that has changed meanwhile: what was not touched is what it is now. */
export function rebased<T>(written: T, began: T, now: T): T {
  if (isSame(written, began)) return now;
  if (!isForm(written) || !isForm(began) || !isForm(now)) return written;
  const fields = Object.entries(written).map(([name, value]) => [name, isSame(value, began[name]) ? now[name] : value]);
  return Object.fromEntries(fields) as T;
}

/** Leave what was being written as it is, although the page that it stood on is taken down. */
export function freeze(): void {
  isFrozen = true;
}

/** Lay what was written aside for the page that follows. False where there is too much of it. */
export function carryOver(): boolean {
  const all = [...open].map(([name, read]): [string, Written] => [name, read()]);
  const values = all.filter(([, { value, began }]) => value !== undefined && !isSame(value, began));
  try {
    // Where nobody is known, what somebody has written may wait here until they have signed in again.
    if (writer !== null) sessionStorage.setItem(PLACE, JSON.stringify({ at: window.location.pathname, by: writer, values } satisfies Kept));
  } catch {
    sessionStorage.removeItem(PLACE);
    return false;
  }
  isCarried = true;
  return true;
}

/** Let nothing wait here any more, since whoever wrote it leaves. */
export function forget(): void {
  brought = null;
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // whoever has no such place has nothing there
  }
}

/** Whether all that is written is laid aside, so that nobody needs to be asked before the page goes. */
export function isLaidAside(): boolean {
  return isCarried;
}

function unpacked(account: string): Map<string, Written> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Kept | null;
    sessionStorage.removeItem(PLACE);
    return new Map(kept?.at === window.location.pathname && kept.by === account ? kept.values : []);
  } catch {
    return new Map(); // whoever has no such place has nothing there
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isForm(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value of an older page has the form that this one knows. What is null says nothing of its form. */
function isAlike(found: unknown, first: unknown): boolean {
  if (found === null || first === null) return true;
  if (typeof found !== typeof first || Array.isArray(found) !== Array.isArray(first)) return false;
  if (!isForm(found) || !isForm(first)) return true;
  const names = Object.keys(first);
  return names.length === Object.keys(found).length && names.every((name) => name in found && isAlike(found[name], first[name]));
}
