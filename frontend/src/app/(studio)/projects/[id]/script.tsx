"use client";

import type { Text } from "@codemirror/state";
import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useRef, useState } from "react";
import { DropZone, FileTrigger, isFileDropItem } from "react-aria-components";
import type { ProjectShown, ScriptShown } from "@/client";
import { projectsScriptOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { isLaidAside, take, useHeld } from "@/parts/kept";
import { isProblem, Refused, Trouble } from "@/parts/problem";
import { type Base, checkFile, handIn, LONGEST_TEXT } from "@/parts/scripts";
import { words } from "@/words";

const said = words.project;
/** A NUL, or half of a pair: what no text holds. */
const NO_TEXT = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/** Characters of a text of which it is looked whether any is written: a longer one has some. */
const BLANK = 1_000;

const Editor = dynamic(() => import("./editor/editor"), { ssr: false, loading: () => <p className="sr-only">{words.working}</p> });

interface DeskProps {
  project: ProjectShown;
  /** The newest version of the script; null before there is one. */
  newest: ScriptShown | null;
  onSaved: () => Promise<unknown>;
  /** Told whether what stands here is not what is saved. */
  onChanged: (isChanged: boolean) => void;
}

/** What was written and not saved, when the page was loaded anew. */
interface Written {
  text: string;
  /** What it was written upon. */
  base: Base;
}

interface Saving {
  /** A file that is handed in instead of what stands here. */
  file: File | null;
  /** What stood there when it was asked for. */
  doc: Text | null;
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
  const doc = useRef<Text | null>(null);
  const saved = useRef<Text | null>(null);
  const [isChanged, setChanged] = useState(false);
  const [isBlank, setBlank] = useState(true);
  const [written] = useState(() => take<Written | null>(`script ${project.project_id}`, null));
  const [base, setBase] = useState<Base>(written?.base ?? { number: newest?.number ?? 0, version: project.version });
  useHeld(`script ${project.project_id}`, () => (isChanged && doc.current ? { text: doc.current.toString(), base } : undefined));
  useEffect(() => onChanged(isChanged), [isChanged, onChanged]);
  useBeforeLeaving(isChanged);

  const compare = useCallback(() => {
    const now = doc.current;
    setChanged(now !== null && saved.current !== null && !now.eq(saved.current));
    setBlank(now === null || (now.length < BLANK && !now.toString().trim()));
  }, []);
  const onDoc = useCallback(
    (now: Text, isFirst: boolean) => {
      doc.current = now;
      if (isFirst) saved.current = now;
      compare();
    },
    [compare],
  );

  const save = useMutation({
    mutationFn: async ({ file, doc: asked, isForced }: Saving) => {
      if (file) checkFile(file);
      const name = newest?.file_name ?? "script.fountain";
      let upon = isForced ? null : base;
      // What is written and not saved yet becomes a version, too, before a file takes its place: nothing is lost.
      if (asked && (!file || (isChanged && !isBlank))) upon = await handIn(project.project_id, paper(asked.toString()), name, upon);
      if (file) upon = await handIn(project.project_id, file, file.name, upon);
      return upon ?? base;
    },
    onSuccess: async (now, { file, doc: asked }) => {
      setBase(now);
      saved.current = file ? doc.current : asked;
      compare();
      await onSaved();
      if (file) window.location.reload();
    },
  });
  const hand = (file: File) => save.mutate({ file, doc: doc.current, isForced: false });

  const isElsewhere = isProblem(save.error) && save.error.status === 412;
  const isFixed = newest?.format === "fdx";
  return (
    <section aria-label={said.script} className="flex flex-col gap-3">
      <DropZone
        aria-label={said.drop}
        getDropOperation={() => "copy"}
        onDrop={async (event) => {
          const item = event.items.find(isFileDropItem);
          if (item) hand(await item.getFile());
        }}
        className="h-[68dvh] min-h-80 overflow-hidden rounded-xl border border-line bg-raised transition-colors focus-within:border-edge data-[drop-target]:border-lamp"
      >
        <Editor
          text={text}
          written={written?.text ?? null}
          label={said.script}
          hint={said.unread}
          isReadOnly={isFixed}
          isScreenplay={newest?.format !== "prose"}
          onDoc={onDoc}
        />
      </DropZone>
      {isFixed && <p className="text-sm text-soft">{said.fdx}</p>}
      {isElsewhere ? (
        <div role="alert" className="flex flex-col gap-3 border-l-2 border-bad py-1 pl-4">
          <p>{said.elsewhere}</p>
          <div className="flex flex-wrap gap-x-6 gap-y-3">
            <Button onPress={() => save.mutate({ file: null, doc: doc.current, isForced: true })}>{said.keepMine}</Button>
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
          isDisabled={!isChanged || isBlank}
          isPending={save.isPending}
          onPress={() => save.mutate({ file: null, doc: doc.current, isForced: false })}
        >
          {said.save}
        </Button>
        <FileTrigger onSelect={(files) => files?.[0] && hand(files[0])}>
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
    const ask = (event: BeforeUnloadEvent) => {
      if (!isLaidAside()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isChanged]);
}
