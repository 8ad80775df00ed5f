import { expect, test } from "vitest";
import { changeOf, changesSomething, draftOf, secondsOf, takeOf } from "@/app/(studio)/projects/[id]/jobs/[jobId]/edit";
import type { ShotOfBreakdown } from "@/client";
import { rebased } from "@/parts/kept";

const SHOT: ShotOfBreakdown = {
  number: "s001-002",
  size: "MCU",
  angle: "eye",
  movement: "static",
  subjects: ["mara"],
  words: "Mara waits.",
  lines: [],
  frames: 60,
  seconds: 2.5,
  edited: [],
};

test("asks for what was touched, and for nothing else", () => {
  const draft = draftOf(SHOT);
  expect(changesSomething(changeOf(SHOT, draft) ?? { shot: "" })).toBe(false);
  expect(changeOf(SHOT, { ...draft, text: " Mara runs. " })).toEqual({ shot: "s001-002", prompt: "Mara runs." });
  expect(changeOf(SHOT, { ...draft, size: "CU", move: "push_in" })).toEqual({ shot: "s001-002", size: "CU", movement: "push_in" });
  expect(changeOf(SHOT, { ...draft, seconds: "3,5", take: "0" })).toEqual({ shot: "s001-002", duration_s: 3.5, seed: 0 });
});

test("asks for nothing while something cannot be read", () => {
  const draft = draftOf(SHOT);
  for (const seconds of ["", "0", "-1", "long", "601", "1e999"]) expect(changeOf(SHOT, { ...draft, seconds })).toBeNull();
  for (const take of ["-1", "1.5", "one", "9007199254740993"]) expect(changeOf(SHOT, { ...draft, take })).toBeNull();
  expect(secondsOf("600")).toBe(600);
  expect(takeOf("9007199254740991")).toBe(9007199254740991);
});

test("offers a length that stands as it is, however many places it has", () => {
  const third = { ...SHOT, seconds: 2.3333333 };
  expect(changesSomething(changeOf(third, draftOf(third)) ?? { shot: "" })).toBe(false);
});

test("keeps what was written where somebody else has changed the shot meanwhile, and takes what they changed", () => {
  const draft = { ...draftOf(SHOT), text: "Mara runs." };
  const theirs = { ...SHOT, size: "CU" as const, words: "Mara sleeps." };
  const kept = rebased(draft, draftOf(SHOT), draftOf(theirs));
  expect(kept).toMatchObject({ text: "Mara runs.", size: "CU" });
  expect(changeOf(theirs, kept)).toEqual({ shot: "s001-002", prompt: "Mara runs." });
});
