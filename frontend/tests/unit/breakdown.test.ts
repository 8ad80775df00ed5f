// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { findShot, wholeBreakdown } from "@/app/(studio)/projects/[id]/breakdown";

const PAGE = 2000;
const { signal } = new AbortController();
afterEach(() => void vi.unstubAllGlobals());

/** Scenes have 1,500 shots. */
const number = (index: number) => `s00${1 + Math.floor(index / 1500)}-${String(1 + (index % 1500)).padStart(4, "0")}`;

/** A breakdown of so many shots, in pages; where each began that was asked for. */
function breakdown(count: number, isChangedOnce = false): number[] {
  const asked: number[] = [];
  let isChanged = !isChangedOnce;
  vi.stubGlobal("fetch", async (request: Request) => {
    const from = Number(new URL(request.url).searchParams.get("cursor") ?? 0);
    asked.push(from);
    if (from && !isChanged) {
      isChanged = true;
      const problem = { type: "/problems/Outdated", title: "Outdated", status: 412, detail: "It was changed meanwhile." };
      return Response.json(problem, { status: 412, headers: { "content-type": "application/problem+json" } });
    }
    const order = Array.from({ length: Math.min(PAGE, count - from) }, (_, index) => number(from + index));
    const scenes = [...new Set(order.map((one) => one.slice(0, 4)))].map((scene) => ({
      shots: order.filter((one) => one.startsWith(scene)).map((one) => ({ number: one })),
    }));
    const tom = { id: "tom", importance: 0.5, shots: order.slice(0, 1) };
    const characters = [...(from ? [tom] : []), { id: "mara", importance: 1, shots: order }];
    const next = from + PAGE < count ? String(from + PAGE) : null;
    return Response.json({ changeable: true, characters, scenes, order, next }, { headers: { etag: '"seven"' } });
  });
  return asked;
}

test("a shot behind the first page is found on its own", async () => {
  const asked = breakdown(4500);
  const found = await findShot("a film", number(4400), signal);
  expect(found).toMatchObject({ shot: { number: number(4400) }, changeable: true, etag: '"seven"' });
  expect(asked).toEqual([0, 2000, 4000]);
});

test("no page is asked for behind the one that has it", async () => {
  const asked = breakdown(4500);
  expect((await findShot("a film", number(3), signal)).shot?.number).toBe(number(3));
  expect(asked).toEqual([0]);
});

test("a shot that is not there is looked for to the end", async () => {
  const asked = breakdown(2100);
  expect((await findShot("a film", number(9999), signal)).shot).toBeNull();
  expect(asked).toEqual([0, 2000]);
});

test("where the film is changed between two pages, it is read from its beginning", async () => {
  const asked = breakdown(2100, true);
  expect((await findShot("a film", number(2050), signal)).shot?.number).toBe(number(2050));
  expect(asked).toEqual([0, 2000, 0, 2000]);
});

test("a long film's pages are put together: a scene that goes on is one, and everybody has all of their shots", async () => {
  const asked = breakdown(4500, true);
  const whole = await wholeBreakdown("a film", signal);
  expect(asked).toEqual([0, 2000, 0, 2000, 4000]);
  const order = Array.from({ length: 4500 }, (_, index) => number(index));
  expect(whole.order).toEqual(order);
  expect(whole.scenes.map((scene) => scene.shots.length)).toEqual([1500, 1500, 1500]);
  expect(whole.scenes.flatMap((scene) => scene.shots.map((shot) => shot.number))).toEqual(order);
  expect(whole.characters.map((one) => [one.id, one.shots.length])).toEqual([
    ["mara", 4500],
    ["tom", 2],
  ]);
});
