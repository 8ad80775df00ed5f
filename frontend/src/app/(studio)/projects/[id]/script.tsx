"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { DropZone, FileTrigger, isFileDropItem, TextArea, TextField } from "react-aria-components";
import type { ProjectShown, ScriptShown } from "@/client";
import { projectsScriptOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { isProblem, Refused, Trouble } from "@/parts/problem";
import { type Base, checkFile, handIn, LONGEST_TEXT } from "@/parts/scripts";
import { words } from "@/words";

const said = words.project;
/** A NUL, or half of a pair: what no text holds. */
const NO_TEXT = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

interface DeskProps {
  project: ProjectShown;
  /** The newest version of the script; null before there is one. */
  newest: ScriptShown | null;
  onSaved: () => Promise<unknown>;
  /** Told whether what stands here is not what is saved. */
  onChanged: (isChanged: boolean) => void;
}

interface Saving {
  /** A file that is handed in instead of what stands here. */
  file: File | null;
  text: string;
  /** Whether it becomes the newest version whatever else was handed in meanwhile. */
  isForced: boolean;
}

/** The script, as it was read, to be written on; each time it is saved it is another version. */
export function ScriptDesk(props: DeskProps) {
  const { project, newest } = props;
  // What was newest when the page was opened: what is saved later is what stands here already.
  const [opened] = useState(newest);
  const kept = useQuery({
    ...projectsScriptOptions({ path: { project_id: project.project_id }, query: { number: opened?.number } }),
    enabled: opened !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (opened && kept.error) return <Trouble error={kept.error} again={() => void kept.refetch()} />;
  if (opened && kept.data === undefined) return <div className="min-h-[60dvh] rounded-xl bg-raised" />;
  return <Paper {...props} text={opened ? String(kept.data) : ""} />;
}

function Paper({ project, newest, onSaved, onChanged, text }: DeskProps & { text: string }) {
  const [draft, setDraft] = useState(text);
  const [saved, setSaved] = useState(text);
  const [base, setBase] = useState<Base>({ number: newest?.number ?? 0, version: project.version });
  const isChanged = draft !== saved;
  useEffect(() => onChanged(isChanged), [isChanged, onChanged]);
  useBeforeLeaving(isChanged);

  const save = useMutation({
    mutationFn: async ({ file, text: asked, isForced }: Saving) => {
      if (file) checkFile(file);
      const name = file?.name ?? newest?.file_name ?? "script.fountain";
      return handIn(project.project_id, file ?? paper(asked), name, isForced ? null : base);
    },
    onSuccess: async (now, { file, text: asked }) => {
      setBase(now);
      if (file) setDraft(saved);
      else setSaved(asked);
      await onSaved();
      if (file) window.location.reload();
    },
  });

  const isElsewhere = isProblem(save.error) && save.error.status === 412;
  const isFixed = newest?.format === "fdx";
  return (
    <section aria-label={said.script} className="flex flex-col gap-3">
      <DropZone
        getDropOperation={() => "copy"}
        onDrop={async (event) => {
          const item = event.items.find(isFileDropItem);
          if (item) save.mutate({ file: await item.getFile(), text: "", isForced: false });
        }}
        className="rounded-xl border border-line bg-raised transition-colors focus-within:border-edge data-[drop-target]:border-lamp"
      >
        <TextField aria-label={said.script} value={draft} onChange={setDraft} isReadOnly={isFixed}>
          <TextArea
            spellCheck={false}
            placeholder={said.unread}
            className="script block h-[68dvh] min-h-80 w-full resize-y bg-transparent px-5 py-6 outline-offset-[-2px] placeholder:text-soft sm:px-[max(1.5rem,8%)] sm:py-10"
          />
        </TextField>
      </DropZone>
      {isFixed && <p className="text-sm text-soft">{said.fdx}</p>}
      {isElsewhere ? (
        <div role="alert" className="flex flex-col gap-3 border-l-2 border-bad py-1 pl-4">
          <p>{said.elsewhere}</p>
          <div className="flex flex-wrap gap-x-6 gap-y-3">
            <Button onPress={() => save.mutate({ file: null, text: draft, isForced: true })}>{said.keepMine}</Button>
            <Button look="quiet" onPress={() => window.location.reload()}>
              {said.takeTheirs}
            </Button>
          </div>
        </div>
      ) : (
        <Trouble error={save.error} />
      )}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button
          look={isChanged ? "lamp" : "plain"}
          isDisabled={!isChanged || !draft.trim()}
          isPending={save.isPending}
          onPress={() => save.mutate({ file: null, text: draft, isForced: false })}
        >
          {said.save}
        </Button>
        <FileTrigger onSelect={(files) => files?.[0] && save.mutate({ file: files[0], text: "", isForced: false })}>
          <Button look="quiet">{said.replace}</Button>
        </FileTrigger>
        <span role="status" className="ml-auto text-sm text-soft">
          {isChanged ? said.unsaved : newest ? said.saved(newest.number) : said.blank}
        </span>
      </div>
    </section>
  );
}

/** What is sent of a text. */
function paper(text: string): Blob {
  if (NO_TEXT.test(text)) throw new Refused(said.binary);
  const body = new Blob([text], { type: "text/plain" });
  if (body.size > LONGEST_TEXT) throw new Refused(said.tooLong);
  return body;
}

/** Let the browser ask before a page is left on which something is not saved. */
function useBeforeLeaving(isChanged: boolean) {
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isChanged]);
}
