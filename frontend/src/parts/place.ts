"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * A part of this page's address: the pages of projects and films are one file each, whatever their address.
 *
 * Null while the page is built, and in the browser's first render of it.
 *
 * @param index Which segment of the path, from 0.
 */
export function useSegment(index: number): string | null {
  return useSyncExternalStore(
    never,
    () => window.location.pathname.split("/").filter(Boolean)[index] ?? null,
    () => null,
  );
}

function onHash(tell: () => void): () => void {
  window.addEventListener("hashchange", tell);
  return () => window.removeEventListener("hashchange", tell);
}

/** What stands behind the `#` of this page's address: in links that are handed on, their secret, which no server is sent. */
export function useSecret(): string | null {
  return useSyncExternalStore(onHash, () => window.location.hash.slice(1), () => null);
}

/** Where to go after signing in: a path of this site, and nothing else. */
export function nextPlace(): string {
  const asked = new URLSearchParams(window.location.search).get("next") ?? "";
  return /^\/(?![/\\])[\w/.-]*$/.test(asked) ? asked : "/dashboard";
}

/** A key for an order that may be sent twice and is meant once. */
export function newKey(): string {
  return crypto.randomUUID();
}
