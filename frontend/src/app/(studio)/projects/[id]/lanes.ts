import type { BreakdownShown, SceneOfBreakdown } from "@/client";

/** People who are drawn: whoever matters most. */
const MOST = 14;
/** What a scene takes of the picture at least, in shares of an even division: the shortest is still seen. */
const LEAST = 0.4;

/** A scene's place in a film, from 0 to 1. */
export interface Stretch {
  from: number;
  to: number;
  slugline: string;
}

/** Somebody, and the scenes that show them or in which they speak, from 0. */
export interface Lane {
  id: string;
  name: string;
  scenes: Set<number>;
}

/** Where scenes stand: as long as they last, but none so short that it is not seen. */
export function stretchesOf(scenes: readonly SceneOfBreakdown[]): Stretch[] {
  const all = scenes.reduce((sum, scene) => sum + scene.seconds, 0);
  const even = all > 0 ? all / scenes.length : 1;
  const sizes = scenes.map((scene) => Math.max(scene.seconds, even * LEAST));
  const whole = sizes.reduce((sum, one) => sum + one, 0);
  let at = 0;
  return scenes.map((scene, index) => {
    const from = at / whole;
    at += sizes[index] ?? 0;
    return { from, to: at / whole, slugline: scene.slugline };
  });
}

/** Who is where, whoever leads first. */
export function lanesOf(film: BreakdownShown): Lane[] {
  const lanes = film.characters.map((one) => ({ id: one.id, name: one.name, scenes: new Set<number>() }));
  const known = new Map(lanes.map((lane) => [lane.id, lane]));
  film.scenes.forEach((scene, index) => {
    for (const shot of scene.shots) {
      for (const who of shot.subjects) known.get(who)?.scenes.add(index);
      for (const line of shot.lines) known.get(line.character)?.scenes.add(index);
    }
  });
  return lanes.filter((lane) => lane.scenes.size).slice(0, MOST);
}
