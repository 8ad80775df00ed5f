import type { JobShown } from "@/client";
import { words } from "@/words";

/** Whether a film waits for a moderator, and for nobody else. */
export function isHeld(job: JobShown): boolean {
  return job.status === "awaiting_review" && job.held === true;
}

/** How a film stands, in a few words. */
export function standing(job: JobShown): string {
  return isHeld(job) ? words.job.held : (words.job.status[job.status] ?? job.status);
}

/** What that means for whoever ordered it, in a sentence; undefined where it needs none. */
export function meaning(job: JobShown): string | undefined {
  return isHeld(job) ? words.job.heldSays : words.job.says[job.status];
}
