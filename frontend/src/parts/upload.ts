import { type NewReference, referencesAnnounce, referencesComplete } from "@/client";
import { words } from "@/words";
import { Refused } from "./problem";

/** Bring a file of a project straight into the store, and have it looked at; its id. */
export async function upload(project: string, file: File, about: Pick<NewReference, "name" | "kind" | "media_type">): Promise<string> {
  const path = { project_id: project };
  const body = { ...about, bytes: file.size, sha256: await sha256(file) };
  const { reference, upload } = (await referencesAnnounce({ path, body, throwOnError: true })).data;
  // How long it is the browser says itself, and lets no page say.
  const headers = Object.fromEntries(Object.entries(upload.headers).filter(([header]) => header.toLowerCase() !== "content-length"));
  const sent = await fetch(upload.url, { method: upload.method, headers, body: file }).catch(() => null);
  if (!sent?.ok) throw new Refused(words.notUploaded);
  await referencesComplete({ path: { ...path, reference_id: reference.reference_id }, throwOnError: true });
  return reference.reference_id;
}

async function sha256(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
