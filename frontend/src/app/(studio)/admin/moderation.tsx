"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type HeldFilm, type HeldShown, type ItemState, moderationApprove, moderationIndex, moderationRefuse } from "@/client";
import { moderationReadOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { Sheet } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { More, usePaged } from "@/parts/paged";
import { Pick } from "@/parts/pick";
import { Trouble } from "@/parts/problem";
import { moment } from "@/parts/time";
import { admin as said } from "@/words/admin";
import { Reasoned } from "./reasoned";

const STATES = Object.entries(said.states).map(([id, name]) => ({ id, name }));

/** Films that wait for a second look, and those that had one. */
export function Moderation() {
  const [state, setState] = useState<ItemState>("open");
  const [chosen, setChosen] = useKept<string | null>("held", () => null);
  const held = usePaged<HeldShown>(["held", state], async (cursor, signal) => {
    return (await moderationIndex({ query: { limit: 25, cursor, state }, signal, throwOnError: true })).data;
  });
  return (
    <section aria-label={said.room.moderation} className="flex flex-col gap-6">
      <Pick label={said.state} options={STATES} value={state} onChange={(id) => setState(id as ItemState)} />
      <Trouble error={held.error} again={() => void held.refetch()} />
      {held.isSuccess && !held.items.length && <p className="text-soft">{state === "open" ? said.nothingHeld : said.nothingDecided}</p>}
      <ul>
        {held.items.map((item) => (
          <li key={item.item_id}>
            <button
              type="button"
              onClick={() => setChosen(item.item_id)}
              className="group flex w-full cursor-pointer flex-wrap items-baseline justify-between gap-x-6 border-t border-line py-3 text-left"
            >
              <span className="min-w-0">
                <span className="display text-2xl break-words group-hover:text-lamp">{item.title}</span>
                <span className="block text-sm text-soft">{item.held_for}</span>
              </span>
              <span className="text-sm text-soft">{said.ordered(moment(item.created_at))}</span>
            </button>
          </li>
        ))}
      </ul>
      <More of={held}>{said.more}</More>
      {chosen && <HeldSheet id={chosen} onDecided={() => void held.refetch()} onClose={() => setChosen(null)} />}
    </section>
  );
}

interface SheetProps {
  id: string;
  onDecided: () => void;
  onClose: () => void;
}

function HeldSheet({ id, onDecided, onClose }: SheetProps) {
  const client = useQueryClient();
  const options = moderationReadOptions({ path: { item_id: id } });
  const held = useQuery(options);
  const decide = (act: typeof moderationApprove | typeof moderationRefuse) => async (reason: string) => {
    await act({ path: { item_id: id }, body: { reason }, throwOnError: true });
    await client.invalidateQueries({ queryKey: options.queryKey });
    onDecided();
  };
  const film = held.data;
  return (
    <Sheet title={film?.title ?? ""} isOpen isDismissable onClose={onClose}>
      <Trouble error={held.error} again={() => void held.refetch()} />
      {film && (
        <>
          <p className="text-soft">{film.held_for}</p>
          <Passages of={film} />
          {film.state !== "open" && (
            <p>
              {said.states[film.state]}. {film.reason && said.decidedFor(film.reason)}
            </p>
          )}
          {film.state === "open" && !film.waits && <p>{said.calledOff}</p>}
        </>
      )}
      <div className="mt-auto flex flex-wrap gap-3">
        {film?.state === "open" && film.waits && (
          <>
            <Reasoned
              about={id}
              trigger={said.approve}
              look="lamp"
              actLook="lamp"
              title={said.approveTitle}
              act={said.approve}
              onAct={decide(moderationApprove)}
            />
            <Reasoned
              about={id}
              trigger={said.refuse}
              look="bad"
              title={said.refuseTitle}
              text={said.refuseText}
              act={said.refuse}
              onAct={decide(moderationRefuse)}
            />
          </>
        )}
        <Button onPress={onClose}>{said.close}</Button>
      </div>
    </Sheet>
  );
}

function Passages({ of }: { of: HeldFilm }) {
  if (!of.passages) return <p className="text-soft">{said.scriptGone}</p>;
  return (
    <div className="flex flex-col gap-6">
      {of.passages.map((passage) => (
        <figure key={passage.lines[0]?.number} className="flex flex-col gap-2">
          <figcaption className="flex flex-wrap gap-x-4 text-sm">
            {passage.flags.map((flag) => (
              <span key={`${flag.line} ${flag.category}`}>
                <strong className="font-semibold">{flag.title}</strong> <span className="text-soft">{said.severities[flag.severity]}</span>
              </span>
            ))}
          </figcaption>
          <ol className="script overflow-x-auto rounded-md bg-sunk py-3">
            {passage.lines.map((line) => {
              const isFlagged = passage.flags.some((flag) => flag.line === line.number);
              return (
                <li key={line.number} className={`flex gap-4 px-4 ${isFlagged ? "border-l-2 border-lamp bg-raised" : ""}`}>
                  <span className="w-10 shrink-0 text-right text-soft tabular-nums">{line.number}</span>
                  <span className="break-words whitespace-pre-wrap">
                    {isFlagged && <span className="sr-only">{said.flagged}: </span>}
                    {line.text}
                  </span>
                </li>
              );
            })}
          </ol>
        </figure>
      ))}
    </div>
  );
}
