"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { type SharedFilm, sharesOpenLink } from "@/client";
import { Button, Leading } from "@/parts/controls";
import { Mark } from "@/parts/mark";
import { useSecret } from "@/parts/place";
import { isProblem, sentence } from "@/parts/problem";
import { Projector } from "@/parts/projector";
import { moment } from "@/parts/time";
import { words } from "@/words";
import { watch as said } from "@/words/watch";

/** Kinds of films that browsers play; others are for editors, and are taken home. */
const PLAYED = new Set(["video/mp4"]);

/** A film that somebody handed on, for whoever has the link to it. No account is asked for. */
export function Watch() {
  const secret = useSecret();
  const film = useQuery({
    queryKey: ["shared", secret],
    queryFn: async ({ signal }) => (await sharesOpenLink({ body: { token: secret ?? "" }, signal, throwOnError: true })).data,
    enabled: Boolean(secret),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  useEffect(() => {
    if (film.data) document.title = `${film.data.title} · ${words.name}`;
  }, [film.data]);
  // What breaks off may have run out: another address, unless this one is new.
  function anew() {
    if (film.data && Date.now() - film.dataUpdatedAt > (film.data.expires_in * 1000) / 2) void film.refetch();
  }
  if (secret === "") return <Nothing>{said.noSecret}</Nothing>;
  if (isProblem(film.error)) return <Nothing>{sentence(film.error)}</Nothing>;
  if (film.data) return <Cinema film={film.data} onLost={anew} />;
  if (film.error) return <Nothing again={() => void film.refetch()}>{sentence(film.error)}</Nothing>;
  return (
    <Hall>
      <p className="sr-only">{words.working}</p>
    </Hall>
  );
}

function Cinema({ film, onLost }: { film: SharedFilm; onLost: () => void }) {
  return (
    <Hall>
      <h1 className="display text-4xl break-words sm:text-6xl">{film.title}</h1>
      <div className="overflow-hidden rounded-xl bg-screen">
        {PLAYED.has(film.media_type) ? (
          <Projector
            film={film.url}
            title={film.title}
            poster={film.poster ?? undefined}
            subtitles={film.subtitles ?? undefined}
            onLost={onLost}
          />
        ) : (
          film.poster && <img src={film.poster} alt="" className="aspect-video w-full object-contain" />
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <p className="text-soft">{said.until(moment(film.expires_at))}</p>
        {PLAYED.has(film.media_type) ? (
          <Leading look="quiet" href="/">
            {said.own}
          </Leading>
        ) : (
          <Leading look="lamp" href={film.url}>
            {said.fetch}
          </Leading>
        )}
      </div>
    </Hall>
  );
}

function Nothing({ children, again }: { children: ReactNode; again?: () => void }) {
  return (
    <Hall>
      <h1 className="display text-5xl sm:text-7xl">{words.gone.title}</h1>
      <p role="alert" className="text-lg text-soft">
        {children}
      </p>
      {again ? (
        <Button look="lamp" className="self-start" onPress={again}>
          {words.retry}
        </Button>
      ) : (
        <Leading look="lamp" href="/" className="self-start">
          {words.gone.back}
        </Leading>
      )}
    </Hall>
  );
}

function Hall({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col px-4 py-3 sm:px-8">
      <header>
        <Mark href="/" />
      </header>
      <main id="content" tabIndex={-1} className="mx-auto my-auto flex w-full max-w-[80rem] flex-col gap-6 py-8 outline-none">
        {children}
      </main>
    </div>
  );
}
