import { type BreakdownShown, breakdownsRead, type CharacterShown, type SceneOfBreakdown, type ShotOfBreakdown } from "@/client";
import { isProblem } from "@/parts/problem";

/** A shot, as a film's breakdown has it. */
export interface Found {
  /** Null where the film has no such shot. */
  shot: ShotOfBreakdown | null;
  /** Whether the film can be changed now. */
  changeable: boolean;
  /** Of what was read: a change is refused where somebody else has changed the film since. */
  etag: string | null;
}

/** Times that a film is read from its beginning because it was changed between two of its pages. */
const BEGINNINGS = 3;

/** Find a shot in a film's breakdown, which comes in pages where the film is long. */
export function findShot(jobId: string, number: string, signal: AbortSignal): Promise<Found> {
  return steadily(async () => {
    let found: Found = { shot: null, changeable: false, etag: null };
    for await (const { film, etag } of pages(jobId, signal)) {
      const shot = film.scenes.flatMap((scene) => scene.shots).find((one) => one.number === number) ?? null;
      found = { shot, changeable: film.changeable, etag };
      if (shot) break;
    }
    return found;
  });
}

/** A film's breakdown, its pages put together. */
export function wholeBreakdown(jobId: string, signal: AbortSignal): Promise<BreakdownShown> {
  return steadily(async () => {
    const all: BreakdownShown[] = [];
    for await (const { film } of pages(jobId, signal)) all.push(film);
    return all.reduce(joined);
  });
}

/** Read again what was changed while it was read. */
async function steadily<T>(read: () => Promise<T>): Promise<T> {
  for (let beginnings = 1; ; beginnings++) {
    try {
      return await read();
    } catch (error) {
      if (!isProblem(error) || error.status !== 412 || beginnings === BEGINNINGS) throw error;
    }
  }
}

async function* pages(jobId: string, signal: AbortSignal) {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask(jobId, cursor, signal);
    yield page;
    cursor = page.film.next ?? null;
  } while (cursor);
}

async function ask(jobId: string, cursor: string | null, signal: AbortSignal) {
  const query = cursor ? { cursor } : {};
  const { data, response } = await breakdownsRead({ path: { job_id: jobId }, query, signal, throwOnError: true });
  return { film: data, etag: response.headers.get("etag") };
}

/** Two pages as one: who is on both has the shots of both, and a scene that goes on is one. */
function joined(before: BreakdownShown, page: BreakdownShown): BreakdownShown {
  const characters = new Map<string, CharacterShown>(before.characters.map((one) => [one.id, one]));
  for (const one of page.characters) {
    characters.set(one.id, { ...one, shots: [...(characters.get(one.id)?.shots ?? []), ...one.shots] });
  }
  const scenes = [...before.scenes];
  for (const scene of page.scenes) {
    const at = scenes.findIndex((one) => isSame(one, scene));
    const known = scenes[at];
    if (known) scenes[at] = { ...known, shots: [...known.shots, ...scene.shots] };
    else scenes.push(scene);
  }
  const cast = [...characters.values()].sort((one, other) => other.importance - one.importance);
  return { ...page, characters: cast, scenes, order: [...before.order, ...page.order] };
}

/** Whether two stretches are of one scene: shots are numbered by theirs. */
function isSame(one: SceneOfBreakdown, other: SceneOfBreakdown): boolean {
  const number = (scene: SceneOfBreakdown) => scene.shots[0]?.number.split("-")[0];
  return number(one) !== undefined && number(one) === number(other);
}
