import type { ChangeShot, Movement, ShotOfBreakdown, ShotSize } from "@/client";

/** A shot as somebody has it before them, to be changed: fields as they are written. */
export interface Draft {
  text: string;
  /** Digits, or empty for the take that it has. */
  take: string;
  size: string;
  move: string;
  seconds: string;
}

const LONGEST_S = 600;

/** What a shot is before anybody has touched it. */
export function draftOf(shot: ShotOfBreakdown): Draft {
  return { text: shot.words, take: "", size: shot.size, move: shot.movement, seconds: String(rounded(shot.seconds)) };
}

/** What of it is otherwise than the shot is. Null where something cannot be read. */
export function changeOf(shot: ShotOfBreakdown, draft: Draft): ChangeShot | null {
  const change: ChangeShot = { shot: shot.number };
  const text = draft.text.trim();
  if (text && text !== shot.words.trim()) change.prompt = text;
  if (draft.take.trim()) {
    const take = takeOf(draft.take);
    if (take === null) return null;
    change.seed = take;
  }
  const seconds = secondsOf(draft.seconds);
  if (seconds === null) return null;
  if (seconds !== rounded(shot.seconds)) change.duration_s = seconds;
  if (draft.size !== shot.size) change.size = draft.size as ShotSize;
  if (draft.move !== shot.movement) change.movement = draft.move as Movement;
  return change;
}

/** Whether it changes anything. */
export function changesSomething(change: ChangeShot): boolean {
  return Object.keys(change).length > 1;
}

/** A length that was written, in seconds. */
export function secondsOf(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  const seconds = Number(plain);
  return plain && seconds > 0 && seconds <= LONGEST_S ? seconds : null;
}

/** A take that was written. */
export function takeOf(text: string): number | null {
  const take = Number(text.trim());
  return /^\d+$/.test(text.trim()) && Number.isSafeInteger(take) ? take : null;
}

/** Some take that hardly anybody had before. */
export function anotherTake(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
