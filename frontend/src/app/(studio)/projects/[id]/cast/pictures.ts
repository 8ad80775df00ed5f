import { useQuery } from "@tanstack/react-query";
import { referencesAnnounce, referencesComplete, referencesIndex } from "@/client";
import { Refused } from "@/parts/problem";
import { cast as said } from "@/words/cast";

export const PICTURES = ["image/png", "image/jpeg", "image/webp"];
/** How long links to pictures are used: they are good for a quarter of an hour. */
const GOOD_MS = 10 * 60_000;
/** Pictures of a project's people that are looked up. */
const MOST = 100;

/** Links to the pictures of a project's people, by their ids. */
export function usePictures(project: string) {
  return useQuery({
    queryKey: ["pictures", project],
    queryFn: async ({ signal }) => {
      const query = { limit: MOST, kind: "character" as const };
      const page = (await referencesIndex({ path: { project_id: project }, query, signal, throwOnError: true })).data;
      return new Map(page.items.map((one) => [one.reference_id, one.url ?? ""]));
    },
    staleTime: GOOD_MS,
  });
}

/** Bring a picture straight into the store, and have it looked at; its id. */
export async function uploadPicture(project: string, file: File, name: string): Promise<string> {
  if (!PICTURES.includes(file.type)) throw new Refused(said.notPicture);
  const path = { project_id: project };
  const body = { name, kind: "character" as const, media_type: file.type, bytes: file.size, sha256: await sha256(file) };
  const { reference, upload } = (await referencesAnnounce({ path, body, throwOnError: true })).data;
  // How long it is the browser says itself, and lets no page say.
  const headers = Object.fromEntries(Object.entries(upload.headers).filter(([header]) => header.toLowerCase() !== "content-length"));
  const sent = await fetch(upload.url, { method: upload.method, headers, body: file }).catch(() => null);
  if (!sent?.ok) throw new Refused(said.notUploaded);
  await referencesComplete({ path: { ...path, reference_id: reference.reference_id }, throwOnError: true });
  return reference.reference_id;
}

async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
