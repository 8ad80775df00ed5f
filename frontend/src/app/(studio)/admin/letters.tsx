"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { adminDeadLetters, adminDiscardLetter, adminRedriveLetter, type DeadLetterShown, type FilmNamed } from "@/client";
import { Trouble } from "@/parts/problem";
import { moment } from "@/parts/time";
import { words } from "@/words";
import { admin as said } from "@/words/admin";
import { Reasoned } from "./reasoned";

/** What failed for good: it is run again, or set aside. */
export function Letters() {
  const [told, setTold] = useState("");
  const letters = useQuery({
    queryKey: ["letters"],
    queryFn: async ({ signal }) => (await adminDeadLetters({ query: { limit: 100 }, signal, throwOnError: true })).data,
    // Who looks holds them for a moment, so that others don't: that is not done unasked.
    refetchOnWindowFocus: false,
  });
  return (
    <section aria-label={said.room.letters} className="flex flex-col gap-6">
      <p className="max-w-prose text-soft">{said.lettersText}</p>
      <Trouble error={letters.error} again={() => void letters.refetch()} />
      <p role="status" className={told ? "text-good" : "sr-only"}>
        {told}
      </p>
      {letters.data?.length === 0 && <p>{said.noLetters}</p>}
      <ul>
        {letters.data?.map((one) => (
          <Letter
            key={one.message_id}
            of={one}
            onDone={(what) => {
              setTold(what);
              void letters.refetch();
            }}
          />
        ))}
      </ul>
    </section>
  );
}

/** Which shot, of which film. */
function nameOf({ letter, film }: DeadLetterShown): string {
  if (!letter) return said.unknownLetter;
  if (!letter.shot) return film?.title ?? said.film;
  return film ? said.shotOf(letter.shot, film.title) : said.shot(letter.shot);
}

/** How a film stands by now, and whether it is still the version that a letter tells of. */
function standingOf(film: FilmNamed, rev: number): string {
  const now = words.job.status[film.status] ?? film.status;
  return film.rev === rev ? now : said.movedOn(now);
}

function Letter({ of, onDone }: { of: DeadLetterShown; onDone: (what: string) => void }) {
  const { letter, film } = of;
  const path = { message_id: of.message_id };
  return (
    <li className="flex flex-col gap-2 border-t border-line py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="display text-2xl [overflow-wrap:anywhere]">{nameOf(of)}</h2>
        {letter && (
          <span className="text-sm text-soft">
            {words.job.stages[letter.stage] ?? letter.stage} · {said.attempts(letter.attempts)} · {moment(letter.occurred_at)}
          </span>
        )}
      </div>
      {letter && (
        <p className="text-sm [overflow-wrap:anywhere] text-soft">
          {film ? [said.orderedBy(film.email), standingOf(film, letter.rev)].join(" · ") : said.filmGone}
        </p>
      )}
      <p className="break-words">{letter ? `${letter.failure_type}: ${letter.message}` : <code className="script break-all">{of.body}</code>}</p>
      <div className="flex flex-wrap gap-x-6">
        {letter && (
          <Reasoned
            about={of.message_id}
            trigger={said.redrive}
            actLook="lamp"
            title={said.redriveTitle}
            act={said.redrive}
            onAct={async (reason) => {
              await adminRedriveLetter({ path, body: { reason }, throwOnError: true });
              onDone(said.redriven);
            }}
          />
        )}
        <Reasoned
          about={of.message_id}
          trigger={said.discard}
          title={said.discardTitle}
          text={said.discardText}
          act={said.discard}
          onAct={async (reason) => {
            await adminDiscardLetter({ path, body: { reason }, throwOnError: true });
            onDone("");
          }}
        />
      </div>
    </li>
  );
}
