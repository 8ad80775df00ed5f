import { projectsCreate, projectsHandIn, type ScriptShown } from "@/client";
import { words } from "@/words";
import { Refused } from "./problem";

/** Bytes of the largest file that the API takes as a script; what its text may be, the importer says. */
const LARGEST_FILE = 64 * 1024 * 1024;
/** Bytes of the longest script, as text. */
export const LONGEST_TEXT = 5 * 1024 * 1024;
const LONGEST_TITLE = 255;

/** Refuse a file that the API would refuse only after all of it was sent. */
export function checkFile(file: File): void {
  if (file.size > LARGEST_FILE) throw new Refused(words.dashboard.largest);
}

/** A project's title, by the name of the file that it begins with. */
export function titleOf(fileName: string): string {
  const stem = fileName.replace(/\.[^.]{1,10}$/, "").replace(/[_\s]+/g, " ").trim();
  return stem.slice(0, LONGEST_TITLE) || words.dashboard.untitled;
}

/** Make a project, of a script if there is one; its id. */
export async function begin(file: File | null): Promise<string> {
  if (file) checkFile(file);
  const title = file ? titleOf(file.name) : words.dashboard.untitled;
  const made = await projectsCreate({ body: { title }, throwOnError: true });
  if (file) await handIn(made.data.project_id, file, file.name, null);
  return made.data.project_id;
}

/**
 * Hand in a script.
 *
 * @param known The project's version that it was written upon; null overwrites whatever is there, which stays a version.
 */
export async function handIn(project: string, body: Blob, name: string, known: number | null): Promise<ScriptShown> {
  const headers = known === null ? {} : { "if-match": `"${known}"` };
  const query = { name: name.slice(0, LONGEST_TITLE) };
  return (await projectsHandIn({ path: { project_id: project }, query, headers, body, throwOnError: true })).data;
}
