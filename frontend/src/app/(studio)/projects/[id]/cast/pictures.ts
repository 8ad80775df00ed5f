import { useQuery } from "@tanstack/react-query";
import { referencesIndex } from "@/client";
import { Refused } from "@/parts/problem";
import { upload } from "@/parts/upload";
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

/** Bring a picture of somebody into the store; its id. */
export function uploadPicture(project: string, file: File, name: string): Promise<string> {
  if (!PICTURES.includes(file.type)) throw new Refused(said.notPicture);
  return upload(project, file, { name, kind: "character", media_type: file.type });
}
