// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { givenBack, lastEntry, setAside } from "@/app/(studio)/projects/[id]/jobs/[jobId]/refund";
import type { EntryShown, JobShown } from "@/client";

const JOB = { job_id: "mine", created_at: "2026-11-29T18:00:00Z" } as JobShown;
const OTHERS = "others";

function entry(seq: number, type: EntryShown["type"], amount: number, job_id: string | null, minute = 30): EntryShown {
  const created_at = `2026-11-29T18:${minute}:00Z`;
  return { transaction_id: String(seq), seq, type, amount, balance_after: 0, description: "", created_at, job_id };
}

/** A ledger, the newest first, in pages of two; how often it was asked for. */
function ledger(entries: EntryShown[]): { asked: number } {
  const told = { asked: 0 };
  vi.stubGlobal("fetch", async (request: Request) => {
    told.asked += 1;
    const from = Number(new URL(request.url).searchParams.get("cursor") ?? 0);
    const next = from + 2 < entries.length ? String(from + 2) : null;
    return Response.json({ items: entries.slice(from, from + 2), next });
  });
  return told;
}

const { signal } = new AbortController();
afterEach(() => void vi.unstubAllGlobals());

test("what comes back is what the last entry about the film has set aside, however far back it stands", async () => {
  ledger([
    entry(9, "reserve", -9, OTHERS),
    entry(8, "purchase", 20, null),
    entry(7, "release", 2, OTHERS),
    entry(6, "reserve", -3, "mine"),
    entry(5, "reserve", -1, OTHERS),
  ]);
  const found = await lastEntry(JOB, signal);
  expect(setAside(found)).toBe(3);
  expect(givenBack(found)).toBe(0);
});

test("of a film that was changed, only what is set aside now comes back", async () => {
  ledger([entry(4, "reserve", -1, "mine"), entry(3, "capture", 0, "mine"), entry(2, "reserve", -5, "mine")]);
  expect(setAside(await lastEntry(JOB, signal))).toBe(1);
  ledger([entry(3, "capture", 0, "mine"), entry(2, "reserve", -5, "mine")]);
  expect(setAside(await lastEntry(JOB, signal))).toBe(0);
});

test("what came back is said once it has", async () => {
  ledger([entry(3, "release", 5, "mine"), entry(2, "reserve", -5, "mine")]);
  const found = await lastEntry(JOB, signal);
  expect(givenBack(found)).toBe(5);
  expect(setAside(found)).toBe(0);
});

test("a film that cost nothing is not looked for beyond its own beginning", async () => {
  const old = Array.from({ length: 100 }, (_, index) => ({ ...entry(index, "reserve", -1, OTHERS), created_at: "2026-11-01T00:00:00Z" }));
  const told = ledger([entry(101, "purchase", 20, null), ...old]);
  const found = await lastEntry(JOB, signal);
  expect(setAside(found)).toBe(0);
  expect(told.asked).toBe(1);
});
