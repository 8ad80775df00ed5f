/** When a film is ready at the soonest and at the latest, in milliseconds of the clock. */
export interface Due {
  least: number;
  most: number;
}

/** How a range is said: at any moment, within a minute, or from so many to so many minutes or hours. */
export type Spoken = { unit: "soon" | "seconds" } | { unit: "minutes" | "hours"; least: number; most: number };

/** How far what is shown follows what is told: a third of the way each time, so that it never jumps. */
const FOLLOWS = 1 / 3;
const SOON_MS = 5_000;
const MINUTE_MS = 60_000;
/** From so many minutes on it is said in hours. */
const MANY = 100;

/** What is shown after something else was told. */
export function settled(shown: Due | null, told: Due): Due {
  if (!shown) return told;
  return {
    least: shown.least + FOLLOWS * (told.least - shown.least),
    most: shown.most + FOLLOWS * (told.most - shown.most),
  };
}

/** Say how long it is until then. */
export function spoken(due: Due, now: number): Spoken {
  if (due.most - now < SOON_MS) return { unit: "soon" };
  if (due.most - now < MINUTE_MS) return { unit: "seconds" };
  const [least, most] = [due.least - now, due.most - now].map((left) => Math.round(left / MINUTE_MS)) as [number, number];
  if (most < MANY) return range("minutes", least, most, most < 10 ? 1 : 5);
  return range("hours", Math.round(least / 60), Math.round(most / 60), 1);
}

function range(unit: "minutes" | "hours", least: number, most: number, step: number): Spoken {
  const [from, to] = [least, most].map((one) => Math.max(1, step * Math.round(one / step))) as [number, number];
  return { unit, least: from, most: to };
}
