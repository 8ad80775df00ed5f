import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gather } from "@/app/(studio)/projects/[id]/jobs/[jobId]/gather";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const last = (_: { seq: number }, now: { seq: number }) => now;

test("hands on a thousand in a second at most ten times, and the last of them always", () => {
  const handed: number[] = [];
  const gathering = gather<{ seq: number }>((all) => handed.push(all.seq), last, 100);
  for (let seq = 1; seq <= 1000; seq++) {
    gathering.put({ seq });
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(100);
  expect(handed.length).toBeLessThanOrEqual(10);
  expect(handed.at(-1)).toBe(1000);
});

test("hands on nothing once it was stopped", () => {
  const handed: number[] = [];
  const gathering = gather<{ seq: number }>((all) => handed.push(all.seq), last, 100);
  gathering.put({ seq: 1 });
  gathering.stop();
  vi.advanceTimersByTime(1000);
  expect(handed).toEqual([]);
});
