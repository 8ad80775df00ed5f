import type { CreateClientConfig } from "./client/client.gen";
import { wonder } from "./parts/newer";

/** What a stretch of work holds while a session is refreshed: one tab at a time, over all of them. */
const LOCK = "studio-refresh";
const REFRESHED = "studio-refreshed-at";
/** Addresses at which 401 says that what was typed is wrong, and not that a session has run out. */
const SIGNING_IN = /\/api\/v1\/auth\/(login|register|verify|refresh|password)/;

let refreshing: Promise<boolean> | null = null;

/**
 * Exchange the refresh token, once for all requests that found the session run out, in all tabs: a token that is used
 * twice ends its session.
 *
 * @param since When the request that was refused had been sent: a refresh that came later is good for it.
 */
export function refresh(since: number): Promise<boolean> {
  refreshing ??= inTurn(() => exchange(since)).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function exchange(since: number): Promise<boolean> {
  if (Number(localStorage.getItem(REFRESHED) ?? 0) > since) return true;
  const answer = await fetch("/api/v1/auth/refresh", { method: "POST" });
  if (answer.ok) localStorage.setItem(REFRESHED, String(Date.now()));
  return answer.ok;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

/** `fetch`, with a session that is refreshed unseen. */
export async function sessionFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const again = request.clone();
  const since = Date.now();
  const answer = await fetch(request);
  wonder(answer.status);
  if (answer.status !== 401 || SIGNING_IN.test(new URL(request.url).pathname)) return answer;
  return (await refresh(since)) ? fetch(again) : answer;
}

export const createClientConfig: CreateClientConfig = (config) => ({
  ...config,
  baseUrl: "",
  fetch: sessionFetch as typeof fetch,
  throwOnError: true,
});
