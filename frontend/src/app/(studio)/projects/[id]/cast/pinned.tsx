"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileTrigger } from "react-aria-components";
import { castPin, castUnpin, type MemberShown } from "@/client";
import { Button } from "@/parts/controls";
import { Trouble } from "@/parts/problem";
import { cast as said } from "@/words/cast";
import { PICTURES, uploadPicture, usePictures } from "./pictures";

interface PicturesProps {
  project: string;
  member: MemberShown;
  onChanged: () => Promise<unknown>;
}

/** Pictures that show somebody: painted films take them. */
export function Pictures({ project, member, onChanged }: PicturesProps) {
  const client = useQueryClient();
  const pictures = usePictures(project);
  const path = { project_id: project, member_id: member.member_id };
  const add = useMutation({
    mutationFn: async (file: File) => {
      const reference_id = await uploadPicture(project, file, member.name);
      await castPin({ path: { ...path, reference_id }, throwOnError: true });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["pictures", project] });
      await onChanged();
    },
  });
  const unpin = useMutation({
    mutationFn: (reference_id: string) => castUnpin({ path: { ...path, reference_id }, throwOnError: true }),
    onSuccess: onChanged,
  });
  return (
    <section aria-labelledby="pictures" className="flex flex-col items-start gap-3 border-t border-line pt-6">
      <h3 id="pictures" className="text-sm font-medium">
        {said.pictures}
      </h3>
      <p className="text-sm text-soft">{said.picturesText}</p>
      <ul className="flex flex-wrap gap-4">
        {member.pictures.map((id) => (
          <li key={id} className="flex w-32 flex-col items-center gap-1">
            <span className="flex size-32 items-center justify-center overflow-hidden rounded-md bg-sunk">
              {pictures.data?.get(id) && <img src={pictures.data.get(id)} alt={said.picture(member.name)} className="size-full object-cover" />}
            </span>
            <Button
              look="quiet"
              className="text-sm"
              aria-label={said.unpinOf(member.name)}
              isPending={unpin.isPending}
              onPress={() => unpin.mutate(id)}
            >
              {said.unpin}
            </Button>
          </li>
        ))}
      </ul>
      <Trouble error={add.error ?? unpin.error} />
      <FileTrigger acceptedFileTypes={PICTURES} onSelect={(files) => files?.[0] && add.mutate(files[0])}>
        <Button isPending={add.isPending}>{add.isPending ? said.adding : said.addPicture}</Button>
      </FileTrigger>
    </section>
  );
}
