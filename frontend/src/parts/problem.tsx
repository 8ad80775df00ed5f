import type { Problem } from "@/client";
import { words } from "@/words";

/** Whether the API answered, with a problem document: otherwise nobody did. */
export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "detail" in error && "status" in error;
}

/** What went wrong, in a sentence. */
export function sentence(error: unknown): string {
  if (isProblem(error)) return error.detail;
  return error instanceof Refused ? error.message : words.unreachable;
}

/** What these pages themselves refuse, in words. */
export class Refused extends Error {}

/** What is wrong with a text of more characters than may be; null where it is not. */
export function tooLong(text: string, most: number): string | null {
  const count = Array.from(text).length;
  return count > most ? words.tooLong(count, most) : null;
}

/** Says what went wrong, to eyes and ears. Nothing where nothing did. */
export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  if (!error) return null;
  return (
    <div role="alert" className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-l-2 border-bad py-1 pl-4 text-bad">
      <span className="[overflow-wrap:anywhere]">{sentence(error)}</span>
      {again && (
        <button type="button" onClick={again} className="cursor-pointer underline underline-offset-4">
          {words.retry}
        </button>
      )}
    </div>
  );
}
