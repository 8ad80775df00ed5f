"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { MusicAsked, OrderFilm, QuoteShown, RendererName } from "@/client";
import { jobsOrder, jobsQuote } from "@/client";
import { Button } from "@/parts/controls";
import { useKept } from "@/parts/kept";
import { Pick } from "@/parts/pick";
import { newKey } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { Tick } from "@/parts/tick";
import { length } from "@/parts/time";
import { words } from "@/words";
import { Looks } from "./looks";
import { Music } from "./music";

const said = words.project;

interface Chosen {
  style: string;
  frame: string;
  renderer: RendererName;
  review: boolean;
  music: MusicAsked | null;
}

const FIRST: Chosen = { style: "cinematic", frame: "1280x720", renderer: "storyboard", review: false, music: null };

function orderOf(project: string, chosen: Chosen): OrderFilm {
  const [width, height] = chosen.frame.split("x").map(Number);
  const { style, renderer, review, music } = chosen;
  return { project_id: project, style, renderer, review, width, height, ...(music && { sound: { music } }) };
}

/** What a film of this script would be and cost; and the order, at that price and no higher one. */
export function Order({ project, script, isChanged }: { project: string; script: number | null; isChanged: boolean }) {
  const [chosen, setChosen] = useKept("order", () => FIRST);
  const key = useRef(newKey());
  const order = orderOf(project, chosen);
  const quote = useQuery({
    queryKey: ["quote", script, order],
    queryFn: async ({ signal }) => (await jobsQuote({ body: order, signal, throwOnError: true })).data,
    enabled: script !== null,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const make = useMutation({
    mutationFn: async (at_most: number) => {
      const headers = { "Idempotency-Key": key.current };
      return (await jobsOrder({ body: { ...order, at_most }, headers, throwOnError: true })).data;
    },
    onSuccess: (job) => window.location.assign(`/projects/${project}/jobs/${job.job_id}`),
    onError: () => {
      key.current = newKey();
    },
  });
  const isReady = quote.isSuccess && !quote.isPlaceholderData && !isChanged && script !== null;
  return (
    <section aria-labelledby="film" className="flex flex-col gap-7">
      <h2 id="film" className="display text-3xl">
        {said.film}
      </h2>
      <Understood quote={script !== null ? (quote.data ?? null) : null} isAsking={quote.isFetching && !quote.data} />
      <Trouble error={quote.error} again={() => void quote.refetch()} />
      <Choices project={project} chosen={chosen} onChange={setChosen} />
      <div className="flex flex-col gap-3">
        <Trouble error={make.error} />
        <Button
          look="lamp"
          className="min-h-13 text-lg"
          isDisabled={!isReady}
          isPending={make.isPending || make.isSuccess}
          onPress={() => quote.data && make.mutate(quote.data.credits)}
        >
          {make.isPending || make.isSuccess ? said.making : said.make}
        </Button>
        {isChanged && <p className="text-sm text-soft">{said.unsaved}</p>}
      </div>
    </section>
  );
}

function Understood({ quote, isAsking }: { quote: QuoteShown | null; isAsking: boolean }) {
  if (!quote) return <p className="text-soft">{isAsking ? said.asking : said.readFirst}</p>;
  const facts: [string, string][] = [
    [said.scenes, String(quote.scenes)],
    [said.shots, String(quote.shots)],
    [said.people, String(quote.characters)],
    [said.length, length(quote.duration_s)],
  ];
  return (
    <div className="flex flex-col gap-4">
      <h3 className="sr-only">{said.understood}</h3>
      <dl className="grid grid-cols-4 border-y border-line">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse py-3">
            <dt className="text-sm text-soft">{name}</dt>
            <dd className="display text-3xl tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {said.cost}: <strong className="font-semibold">{quote.credits ? said.credits(quote.credits) : said.free}</strong>
        {". "}
        <span className="text-soft">
          {quote.credits > 0 && said.balance(quote.balance)}{" "}
          {quote.expected_s && said.takes(length(quote.expected_s.least), length(quote.expected_s.most))}
        </span>
      </p>
    </div>
  );
}

interface ChoicesProps {
  project: string;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

function Choices({ project, chosen, onChange }: ChoicesProps) {
  const set = (part: Partial<Chosen>) => onChange({ ...chosen, ...part });
  const makers = Object.entries(said.makers).map(([id, name]) => ({ id, name }));
  return (
    <div className="flex flex-col gap-6">
      <Looks value={chosen.style} onChange={(style) => set({ style })} />
      <Pick label={said.frame} options={said.frames} value={chosen.frame} onChange={(frame) => set({ frame })} />
      <Pick
        label={said.maker}
        options={makers}
        value={chosen.renderer}
        onChange={(renderer) => set({ renderer: renderer as RendererName })}
      />
      <Music project={project} chosen={chosen.music} onChange={(music) => set({ music })} />
      <Tick isSelected={chosen.review} onChange={(review) => set({ review })}>
        {said.review}
      </Tick>
    </div>
  );
}
