import { projectsCreate, projectsDelete, projectsHandIn, projectsRead, projectsScripts, type ScriptShown } from "@/client";
import { words } from "@/words";
import { isProblem, Refused, tooLong } from "./problem";

/** Bytes of the largest file that the API takes as a script; what its text may be, the importer says. */
const LARGEST_FILE = 64 * 1024 * 1024;
/** Bytes of the longest script, as text. */
export const LONGEST_TEXT = 5 * 1024 * 1024;
const LONGEST_TITLE = 255;
/** Bytes at the beginning of a text in which a title page is looked for. */
const TITLE_PAGE = 2048;

/** Refuse a file that the API would refuse only after all of it was sent. */
export function checkFile(file: File): void {
  if (file.size > LARGEST_FILE) throw new Refused(words.dashboard.largest);
}

/** Refuse a title that the API would refuse, in words of its own. */
export function checkTitle(title: string): void {
  const wrong = tooLong(title, LONGEST_TITLE);
  if (wrong) throw new Refused(wrong);
}

/** A project's title: what a screenplay's title page says, or else the name of its file. */
export async function titleOf(file: File): Promise<string> {
  const page = /\.(fountain|txt|md|spmd)$/i.test(file.name) ? await file.slice(0, TITLE_PAGE).text() : "";
  const written = /^Title:[^\S\n]*(\S.*)$/im.exec(page)?.[1]?.replace(/[*_]/g, "");
  const stem = file.name.replace(/\.[^.]{1,10}$/, "").replace(/[_\s]+/g, " ").trim();
  const title = (written?.trim() || stem.charAt(0).toUpperCase() + stem.slice(1)).replace(/[^\P{C}]/gu, "");
  return title.slice(0, LONGEST_TITLE) || words.dashboard.untitled;
}

/** Make a project, of a script if there is one; its id. */
export async function begin(file: File | null): Promise<string> {
  if (file) checkFile(file);
  const title = file ? await titleOf(file) : words.dashboard.untitled;
  const made = await projectsCreate({ body: { title }, throwOnError: true });
  const id = made.data.project_id;
  try {
    if (file) await put(id, file, file.name, null);
  } catch (error) {
    // Of a script that is none, no empty project stays. Where nobody answered, the script may have arrived all the same.
    if (isProblem(error)) await projectsDelete({ path: { project_id: id } }).catch(() => undefined);
    throw error;
  }
  return id;
}

/** What somebody's text was written upon. */
export interface Base {
  /** The newest version of the script then; 0 before there was one. */
  number: number;
  /** The project's version then. */
  version: number;
}

/**
 * Hand in a script, upon what it was written on; what is newest now.
 *
 * @param base Null overwrites whatever is there, which stays a version.
 * @throws The problem with status 412, where somebody else has handed in another meanwhile.
 */
export async function handIn(project: string, body: Blob, name: string, base: Base | null): Promise<Base> {
  const saved = await put(project, body, name, base);
  const now = await newest(project);
  // Somebody was quicker than this question: what is written next is not written upon theirs.
  return now.number === saved.number ? now : { number: saved.number, version: 0 };
}

async function put(project: string, body: Blob, name: string, base: Base | null): Promise<ScriptShown> {
  const path = { project_id: project };
  const query = { name: name.slice(0, LONGEST_TITLE) };
  const send = async (version: number | null) => {
    const headers = version === null ? {} : { "if-match": `"${version}"` };
    return (await projectsHandIn({ path, query, headers, body, throwOnError: true })).data;
  };
  try {
    return await send(base?.version ?? null);
  } catch (error) {
    if (!base || !isProblem(error) || error.status !== 412) throw error;
    // A new title makes another version of a project, and is no reason to refuse a script.
    const now = await newest(project);
    if (now.number !== base.number) throw error;
    return send(now.version);
  }
}

async function newest(project: string): Promise<Base> {
  const path = { project_id: project };
  const [read, scripts] = await Promise.all([
    projectsRead({ path, throwOnError: true }),
    projectsScripts({ path, throwOnError: true }),
  ]);
  return { number: scripts.data[0]?.number ?? 0, version: read.data.version };
}
