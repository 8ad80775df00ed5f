/** Hands on what comes in quick succession, joined, and not more often than every so often. */
export interface Gathering<T> {
  put: (one: T) => void;
  stop: () => void;
}

/**
 * Gather what comes.
 *
 * @param hand Takes what has come.
 * @param join Makes one of what came before and what comes now.
 * @param everyMs How many milliseconds lie between two times at least.
 */
export function gather<T extends object>(hand: (all: T) => void, join: (before: T, now: T) => T, everyMs: number): Gathering<T> {
  let waiting: T | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function out() {
    const all = waiting;
    waiting = null;
    timer = undefined;
    if (all) hand(all);
  }
  return {
    put(one) {
      waiting = waiting ? join(waiting, one) : one;
      timer ??= setTimeout(out, everyMs);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = null;
    },
  };
}
