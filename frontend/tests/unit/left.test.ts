import { expect, test } from "vitest";
import { settled, spoken } from "@/app/(studio)/projects/[id]/jobs/[jobId]/left";
import { film } from "@/words/film";

const MINUTE = 60_000;
const inMinutes = (least: number, most: number) => spoken({ least: least * MINUTE, most: most * MINUTE }, 0);

test("how long a film will take is a range of minutes, and one figure where both ends are the same", () => {
  expect(inMinutes(2, 4)).toEqual({ unit: "minutes", least: 2, most: 4 });
  expect(inMinutes(2.1, 2.4)).toEqual({ unit: "minutes", least: 2, most: 2 });
  expect(inMinutes(0.2, 1.4)).toEqual({ unit: "minutes", least: 1, most: 1 });
});

test("it is as exact as it may be", () => {
  expect(inMinutes(13, 27)).toEqual({ unit: "minutes", least: 15, most: 25 });
  expect(inMinutes(50, 130)).toEqual({ unit: "hours", least: 1, most: 2 });
});

test("below a minute there are no figures, and what is overdue is soon", () => {
  expect(inMinutes(0.1, 0.9)).toEqual({ unit: "seconds" });
  expect(inMinutes(0, 0)).toEqual({ unit: "soon" });
  expect(inMinutes(-3, -1)).toEqual({ unit: "soon" });
});

test("what is shown follows what is told and never jumps", () => {
  const shown = settled({ least: 100, most: 200 }, { least: 400, most: 800 });
  expect(shown).toEqual({ least: 200, most: 400 });
  expect(settled(null, { least: 1, most: 2 })).toEqual({ least: 1, most: 2 });
  let due = { least: 0, most: 0 };
  for (let times = 0; times < 20; times++) due = settled(due, { least: 900, most: 900 });
  expect(due.most).toBeCloseTo(900, 0);
});

test("it is said in words", () => {
  expect(film.left.minutes(2, 4)).toBe("About 2 to 4 minutes left.");
  expect(film.left.minutes(1, 1)).toBe("About 1 minute left.");
  expect(film.left.hours(1, 2)).toBe("About 1 to 2 hours left.");
});
