"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { SystemHealth } from "@/client";
import { adminHealthOptions } from "@/client/@tanstack/react-query.gen";
import { Trouble } from "@/parts/problem";
import { clock } from "@/parts/time";
import { words } from "@/words";
import { admin as said } from "@/words/admin";

/** How often the installation is asked how it is, in milliseconds. */
const LOOK_MS = 10_000;

/** How the installation is doing, part by part. */
export function Health() {
  const health = useQuery({ ...adminHealthOptions(), refetchInterval: LOOK_MS });
  if (!health.data) return <Trouble error={health.error} again={() => void health.refetch()} />;
  const now = health.data;
  return (
    <section aria-label={said.room.health} className="flex flex-col gap-8">
      <Trouble error={health.error} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <p role="status" className={`display text-4xl ${now.healthy ? "text-good" : "text-bad"}`}>
          {now.healthy ? said.well : said.unwell}
        </p>
        <p className="text-sm text-soft">{said.looked(clock(new Date(health.dataUpdatedAt)))}</p>
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,24rem),1fr))] gap-x-12 gap-y-10">
        <Part name="database" of={now.database}>
          {now.database.revision && <Fact name={said.revision(now.database.revision)} />}
        </Part>
        <Part name="store" of={now.store} />
        <Part name="queues" of={now.queues}>
          {now.queues.queues?.map((queue) => (
            <Fact key={queue.name} name={queue.name} value={said.queue(queue.waiting, queue.in_hand)} />
          ))}
        </Part>
        <Part name="outbox" of={now.outbox}>
          <Outbox of={now.outbox} />
        </Part>
        <Part name="temporal" of={now.temporal}>
          {now.temporal.task_queues?.map((queue) => {
            const isWorked = queue.workflow_pollers + queue.activity_pollers > 0;
            const pollers = isWorked ? said.pollers(queue.workflow_pollers, queue.activity_pollers) : said.nobody;
            return <Fact key={queue.name} name={queue.name} value={!isWorked && !queue.needed ? said.notNeeded : pollers} />;
          })}
        </Part>
        <Part name="films" of={now.films}>
          {Object.entries(now.films.by_status ?? {}).map(([status, count]) => (
            <Fact key={status} name={words.job.status[status] ?? status} value={String(count)} />
          ))}
        </Part>
      </div>
    </section>
  );
}

function Outbox({ of }: { of: SystemHealth["outbox"] }) {
  const aged = (count: number | null | undefined, seconds: number | null | undefined) =>
    seconds == null ? String(count ?? 0) : `${count}, ${said.oldest(seconds)}`;
  return (
    <>
      <Fact name={said.commands} value={aged(of.commands, of.oldest_command_s)} />
      <Fact name={said.letters} value={aged(of.letters, of.oldest_letter_s)} />
      <Fact name={said.givenUp} value={String(of.letters_given_up ?? 0)} />
    </>
  );
}

interface PartProps {
  name: string;
  of: { healthy: boolean; said?: string };
  children?: ReactNode;
}

function Part({ name, of, children }: PartProps) {
  return (
    <section aria-labelledby={`part-${name}`} className="flex flex-col gap-2">
      <h2 id={`part-${name}`} className="flex items-baseline justify-between gap-4">
        <span className="display text-2xl">{said.parts[name]}</span>
        <span className={`text-sm font-medium ${of.healthy ? "text-good" : "text-bad"}`}>{of.healthy ? said.fine : said.unwell}</span>
      </h2>
      {of.said && <p className="border-l-2 border-bad py-1 pl-4 [overflow-wrap:anywhere]">{of.said}</p>}
      <ul className="text-sm">{children}</ul>
    </section>
  );
}

function Fact({ name, value }: { name: string; value?: string }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-6 border-t border-line py-2">
      <span className="break-all">{name}</span>
      <span className="text-soft tabular-nums">{value}</span>
    </li>
  );
}
