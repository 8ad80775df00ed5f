import { expect, test } from "vitest";
import { stretchesOf } from "@/app/(studio)/projects/[id]/lanes";
import type { SceneOfBreakdown } from "@/client";

const scene = (seconds: number): SceneOfBreakdown => ({
  number: null,
  slugline: "EXT. HARBOUR - DUSK",
  int_ext: "ext",
  time_of_day: "dusk",
  seconds,
  shots: [],
});

test("scenes stand beside each other from end to end, as long as they last, and the shortest is still seen", () => {
  const places = stretchesOf([scene(100), scene(0), scene(50)]);
  expect(places[0]?.from).toBe(0);
  expect(places.at(-1)?.to).toBeCloseTo(1);
  for (const [index, place] of places.entries()) if (index) expect(place.from).toBeCloseTo(places[index - 1]?.to ?? -1);
  const [long, none, half] = places.map((place) => place.to - place.from) as [number, number, number];
  expect(long / half).toBeCloseTo(2);
  expect(none).toBeGreaterThan(0.05);
});
