"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileTrigger } from "react-aria-components";
import { type MusicAsked, type ReferenceShown, referencesDelete, referencesIndex } from "@/client";
import { Button } from "@/parts/controls";
import { Confirm } from "@/parts/dialogs";
import { Pick } from "@/parts/pick";
import { Refused, Trouble } from "@/parts/problem";
import { Tick } from "@/parts/tick";
import { length } from "@/parts/time";
import { upload } from "@/parts/upload";
import { music as said } from "@/words/music";

/** What browsers call the sounds that are read, by the endings of their names: not all know all. */
const TYPES: Record<string, string> = {
  wav: "audio/wav",
  mp3: "audio/mpeg",
  flac: "audio/flac",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  aac: "audio/aac",
  m4a: "audio/mp4",
  aif: "audio/aiff",
  aiff: "audio/aiff",
};
const MOST_BYTES = 256 * 1024 * 1024;
const LONGEST_NAME = 255;
/** How long links to listen by are used: they are good for a quarter of an hour. */
const GOOD_MS = 10 * 60_000;
/** Pieces of music of a project that are offered. */
const MOST = 100;

interface MusicProps {
  project: string;
  chosen: MusicAsked | null;
  onChange: (chosen: MusicAsked | null) => void;
}

/** What lies beneath the film: nothing, or a piece of music that the project has. */
export function Music({ project, chosen, onChange }: MusicProps) {
  const client = useQueryClient();
  const queryKey = ["music", project];
  const pieces = useQuery({ queryKey, queryFn: ({ signal }) => piecesOf(project, signal), staleTime: GOOD_MS });
  const add = useMutation({
    mutationFn: (file: File) => handIn(project, file),
    onSuccess: async (id) => {
      await client.invalidateQueries({ queryKey });
      const piece = client.getQueryData<ReferenceShown[]>(queryKey)?.find((one) => one.reference_id === id);
      if (piece) onChange({ ...(chosen ?? { gain_db: 0 }), sha256: piece.sha256 });
    },
  });
  const piece = pieces.data?.find((one) => one.sha256 === chosen?.sha256);
  async function remove(one: ReferenceShown) {
    await referencesDelete({ path: { project_id: project, reference_id: one.reference_id }, throwOnError: true });
    onChange(null);
    await client.invalidateQueries({ queryKey });
  }
  return (
    <div className="flex flex-col items-start gap-3">
      {pieces.data && pieces.data.length > 0 && (
        <Pick
          label={said.title}
          options={[{ id: "", name: said.none }, ...pieces.data.map((one) => ({ id: one.sha256, name: nameOf(one) }))]}
          value={chosen?.sha256 ?? ""}
          onChange={(sha256) => onChange(sha256 ? { ...(chosen ?? { gain_db: 0 }), sha256 } : null)}
        />
      )}
      {pieces.data?.length === 0 && <p className="text-sm font-medium">{said.title}</p>}
      <Trouble error={pieces.error ?? add.error} again={pieces.error ? () => void pieces.refetch() : undefined} />
      {chosen && piece && (
        <div className="flex w-full flex-col gap-3 border-l border-line pl-4">
          <audio key={piece.reference_id} controls preload="none" src={piece.url ?? undefined} aria-label={said.listen(piece.name)} className="w-full max-w-md" />
          <Pick
            label={said.loudness}
            options={said.levels}
            value={String(chosen.gain_db ?? 0)}
            onChange={(level) => onChange({ ...chosen, gain_db: Number(level) })}
          />
          <Tick isSelected={chosen.once ?? false} onChange={(once) => onChange({ ...chosen, once })}>
            {said.once}
          </Tick>
          <Confirm
            trigger={said.remove}
            triggerClass="self-start text-sm"
            title={said.removeTitle(piece.name)}
            act={said.remove}
            keep={said.keep}
            onAct={() => remove(piece)}
          >
            <p className="text-soft">{said.removeText}</p>
          </Confirm>
        </div>
      )}
      <FileTrigger acceptedFileTypes={["audio/*"]} onSelect={(files) => files?.[0] && add.mutate(files[0])}>
        <Button look="quiet" isPending={add.isPending}>
          {add.isPending ? said.adding : said.add}
        </Button>
      </FileTrigger>
      <p className="text-sm text-soft">{said.text}</p>
    </div>
  );
}

async function piecesOf(project: string, signal: AbortSignal): Promise<ReferenceShown[]> {
  const query = { limit: MOST, kind: "music" as const };
  const { items } = (await referencesIndex({ path: { project_id: project }, query, signal, throwOnError: true })).data;
  return items.filter((one) => one.state === "ready");
}

function nameOf(piece: ReferenceShown): string {
  return piece.seconds === null ? piece.name : said.lasts(piece.name, length(piece.seconds));
}

/** Bring a piece of music into the project; its id. What is none is refused before it is sent. */
export async function handIn(project: string, file: File): Promise<string> {
  const type = TYPES[file.name.split(".").at(-1)?.toLowerCase() ?? ""];
  if (!type) throw new Refused(said.notSound);
  if (file.size === 0) throw new Refused(said.empty);
  if (file.size > MOST_BYTES) throw new Refused(said.tooLarge);
  const name = file.name.replace(/\.[^.]{1,10}$/, "").replace(/[_\s]+/g, " ").trim().slice(0, LONGEST_NAME);
  return upload(project, file, { name: name || said.untitled, kind: "music", media_type: type });
}
