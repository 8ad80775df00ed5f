"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type ChangeShot, type JobShown, jobsChange, jobsQuoteChange, type ShotOfBreakdown, type ShotShown } from "@/client";
import { jobsReadQueryKey } from "@/client/@tanstack/react-query.gen";
import { Area } from "@/parts/area";
import { Button, Field } from "@/parts/controls";
import { Sheet } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { Pick } from "@/parts/pick";
import { newKey } from "@/parts/place";
import { isProblem, Trouble } from "@/parts/problem";
import { length } from "@/parts/time";
import { words } from "@/words";
import { film as said } from "@/words/film";
import { findShot } from "../../breakdown";
import { anotherTake, changeOf, changesSomething, type Draft, draftOf, secondsOf, takeOf } from "./edit";
import { ENDED } from "./events";

/** Milliseconds that somebody stops typing before it is asked what it costs. */
const PAUSE_MS = 350;

interface ChangeProps {
  job: JobShown;
  shot: ShotShown;
  onClose: () => void;
  onChanged: () => void;
}

/** One shot, to be made otherwise: what it would cost stands there before it is said. */
export function Change({ job, shot, onClose, onChanged }: ChangeProps) {
  const read = useQuery({
    queryKey: ["breakdown", job.job_id, shot.number],
    queryFn: ({ signal }) => findShot(job.job_id, shot.number, signal),
    // What is being written is written on what was read: it is not taken away from under somebody's hands.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const found = read.data?.changeable ? read.data.shot : null;
  // What was read last: what somebody writes upon it stays, although the film cannot be changed any more.
  const [shown, setShown] = useState(found);
  if (found && found !== shown) setShown(found);
  return (
    <Sheet title={said.title(shot.number)} isOpen onClose={onClose}>
      <Picture shot={shot} />
      <Trouble error={read.error} again={() => void read.refetch()} />
      {read.isPending && <p className="text-soft">{said.reading}</p>}
      {read.data && !found && <p role="status">{said.notNow}</p>}
      {read.data && shown ? (
        <Editor
          job={job}
          shot={shown}
          isChangeable={found !== null}
          etag={read.data.etag}
          onClose={onClose}
          onChanged={onChanged}
          onAgain={() => void read.refetch()}
        />
      ) : (
        <Button className="self-start" onPress={onClose}>
          {said.close}
        </Button>
      )}
    </Sheet>
  );
}

function Picture({ shot }: { shot: ShotShown }) {
  return (
    <figure className="flex flex-col gap-3">
      <div className="flex aspect-video items-center justify-center overflow-hidden rounded-md bg-screen text-sm text-[#ada292]">
        {shot.thumbnail ? <img src={shot.thumbnail} alt="" className="size-full object-contain" /> : said.undrawn}
      </div>
      <figcaption className="script whitespace-pre-line text-soft">{shot.words}</figcaption>
    </figure>
  );
}

interface EditorProps {
  job: JobShown;
  shot: ShotOfBreakdown;
  /** Whether the film can be changed now. */
  isChangeable: boolean;
  /** Of what was read: it is refused where somebody else has changed the film since. */
  etag: string | null;
  onClose: () => void;
  onChanged: () => void;
  onAgain: () => void;
}

function Editor({ job, shot, isChangeable, etag, onClose, onChanged, onAgain }: EditorProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useKept(`shot ${shot.number}`, () => draftOf(shot));
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const change = changeOf(shot, draft);
  const asked = change && changesSomething(change) ? change : null;
  const quote = useQuoteOf(job, isChangeable ? asked : null);
  const key = useRef(newKey());
  const make = useMutation({
    mutationFn: async ({ wanted, at_most }: { wanted: ChangeShot; at_most: number }) => {
      const headers = { "Idempotency-Key": key.current, ...(etag ? { "if-match": etag } : {}) };
      await jobsChange({ path: { job_id: job.job_id }, headers, body: { shots: [wanted], at_most }, throwOnError: true });
    },
    onSuccess: onChanged,
    onError: () => {
      key.current = newKey();
      void client.invalidateQueries({ queryKey: jobsReadQueryKey({ path: { job_id: job.job_id } }) });
    },
  });
  const isElsewhere = isProblem(make.error) && make.error.status === 412;
  return (
    <>
      <div className="flex flex-col gap-6">
        <Area label={said.text} hint={said.textHint} value={draft.text} onChange={(text) => set({ text })} maxLength={2000} rows={3} />
        <Pick label={said.size} options={said.sizes} value={draft.size} onChange={(size) => set({ size })} />
        <Pick label={said.move} options={said.moves} value={draft.move} onChange={(move) => set({ move })} />
        <Field
          label={said.length}
          inputMode="decimal"
          value={draft.seconds}
          onChange={(seconds) => set({ seconds })}
          isInvalid={secondsOf(draft.seconds) === null}
          hint={secondsOf(draft.seconds) === null ? said.lengthWrong : undefined}
        />
        <div className="flex flex-wrap items-start gap-3 [&>:first-child]:min-w-40 [&>:first-child]:flex-1">
          <Field
            label={said.take}
            inputMode="numeric"
            value={draft.take}
            onChange={(take) => set({ take })}
            isInvalid={draft.take.trim() !== "" && takeOf(draft.take) === null}
            hint={draft.take.trim() !== "" && takeOf(draft.take) === null ? said.takeWrong : said.takeHint}
          />
          <Button className="mt-[1.85rem]" onPress={() => set({ take: String(anotherTake()) })}>
            {said.another}
          </Button>
        </div>
      </div>
      <div className="sticky bottom-0 -mx-6 mt-auto flex flex-col gap-4 border-t border-line bg-raised px-6 py-5 sm:-mx-9 sm:px-9">
        {/* What it would cost upon what is no more, nobody asks. */}
        {isElsewhere ? null : isChangeable ? (
          <Price job={job} isAsked={asked !== null} quote={quote} />
        ) : (
          <Button className="self-start" onPress={onAgain}>
            {said.look}
          </Button>
        )}
        {isElsewhere ? (
          <div role="alert" className="flex flex-col items-start gap-3 border-l-2 border-bad py-1 pl-4">
            <p>{said.elsewhere}</p>
            <Button
              onPress={() => {
                make.reset();
                onAgain();
              }}
            >
              {said.look}
            </Button>
          </div>
        ) : (
          <Trouble error={make.error} />
        )}
        <div className="flex flex-wrap gap-3">
          <Button
            look="lamp"
            isDisabled={!asked || !quote.data || !isChangeable}
            isPending={make.isPending || make.isSuccess}
            onPress={() => asked && quote.data && make.mutate({ wanted: asked, at_most: quote.data.credits })}
          >
            {make.isPending ? said.making : said.make}
          </Button>
          <Button onPress={onClose}>{said.close}</Button>
        </div>
      </div>
    </>
  );
}

/** What a change would cost, asked when somebody has stopped typing. */
function useQuoteOf(job: JobShown, asked: ChangeShot | null) {
  const now = asked ? JSON.stringify(asked) : "";
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(now), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [now]);
  const quote = useQuery({
    queryKey: ["change", job.job_id, job.last_event, settled],
    queryFn: async ({ signal }) => {
      const body = { shots: [JSON.parse(settled) as ChangeShot] };
      return (await jobsQuoteChange({ path: { job_id: job.job_id }, body, signal, throwOnError: true })).data;
    },
    enabled: settled !== "" && settled === now,
    staleTime: 30_000,
  });
  const isCurrent = settled === now;
  return { data: isCurrent ? quote.data : undefined, error: isCurrent ? quote.error : null, again: () => void quote.refetch() };
}

function Price({ job, isAsked, quote }: { job: JobShown; isAsked: boolean; quote: ReturnType<typeof useQuoteOf> }) {
  if (quote.error) return <Trouble error={quote.error} again={quote.again} />;
  const { data } = quote;
  return (
    <p role="status" className={data ? "" : "text-soft"}>
      {!isAsked && said.nothing}
      {isAsked && !data && said.asking}
      {isAsked && data && (
        <>
          {ENDED.has(job.status) ? said.redraws(data.shots.length, length(data.seconds)) : said.waits} {said.costs}:{" "}
          <strong className="font-semibold">
            {data.credits ? words.project.credits(data.credits) : words.project.free}
          </strong>
          {". "}
          {data.set_aside != null && said.setAside(data.set_aside)}
        </>
      )}
    </p>
  );
}
