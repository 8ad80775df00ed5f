import type { ShotShown } from "@/client";
import type { Scene } from "./shots";

/** How many shots stand beside each other, and whether their lines stand beside them. */
export interface Shape {
  columns: number;
  isWide: boolean;
  /** Pixels that a picture is wide. */
  picture: number;
}

/** A row of the storyboard: a scene's slugline, or some of its shots. */
export type BoardRow = { key: string; scene: Scene } & ({ kind: "scene" } | { kind: "shots"; shots: ShotShown[]; isLast: boolean });

/** From how many pixels on lines stand beside their shots. */
const WIDE_PX = 960;
/** Pixels that a picture takes at least. */
const PICTURE_PX = 216;
const GAP_PX = 16;
/** Pixels between lines and pictures. */
const MARGIN_PX = 48;
/** Pixels of what stands below a picture, and between rows. */
const BELOW_PX = 60;
/** Pixels of a line of a script, and the letters that it holds, about. */
const LINE_PX = 23;
const LETTER_PX = 9.5;

/** The shape of a storyboard that is so many pixels wide. */
export function shapeOf(width: number): Shape {
  const isWide = width >= WIDE_PX;
  const room = isWide ? ((width - MARGIN_PX) * 8) / 13 : width;
  const columns = Math.max(1, Math.floor((room + GAP_PX) / (PICTURE_PX + GAP_PX)));
  return { columns, isWide, picture: Math.max(0, (room - GAP_PX * (columns - 1)) / columns) };
}

/** The rows of a storyboard, in the film's order. */
export function rowsOf(scenes: readonly Scene[], columns: number): BoardRow[] {
  const rows: BoardRow[] = [];
  for (const scene of scenes) {
    const first = scene.shots[0]?.number ?? "";
    rows.push({ kind: "scene", key: `scene-${first}`, scene });
    for (let at = 0; at < scene.shots.length; at += columns) {
      const shots = scene.shots.slice(at, at + columns);
      rows.push({ kind: "shots", key: `row-${columns}-${shots[0]?.number}`, scene, shots, isLast: at + columns >= scene.shots.length });
    }
  }
  return rows;
}

/** Pixels that a row is high, about: until it was seen. */
export function heightOf(row: BoardRow, shape: Shape): number {
  if (row.kind === "scene") return 66;
  const frames = (shape.picture * 9) / 16 + BELOW_PX;
  const perLine = Math.max(20, shape.picture / LETTER_PX);
  const lines = row.shots.map((shot) => Math.ceil(shot.words.length / perLine) * LINE_PX);
  const text = shape.isWide ? lines.reduce((sum, one) => sum + one + 12, 0) : 0;
  const below = shape.isWide ? 0 : Math.max(0, ...lines);
  return Math.max(frames + below, text) + (row.isLast ? 64 : 24);
}
