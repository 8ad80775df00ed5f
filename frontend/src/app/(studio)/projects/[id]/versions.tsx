"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LinesChanged, SceneDiff, ScriptDiffShown, ScriptShown } from "@/client";
import { projectsDiffOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { Sheet } from "@/parts/dialogs";
import { Trouble } from "@/parts/problem";
import { Row, Section } from "@/parts/section";
import { length, moment } from "@/parts/time";
import { cast as said } from "@/words/cast";

/** Versions that are listed before more are asked for. */
const FIRST = 6;

/** All versions of a script: what changed since each, and what a new film would draw anew for it. */
export function Versions({ project, scripts }: { project: string; scripts: readonly ScriptShown[] }) {
  const [against, setAgainst] = useState<number | null>(null);
  const [isWhole, setWhole] = useState(false);
  const newest = scripts[0];
  if (!newest || scripts.length < 2) return null;
  const shown = isWhole ? scripts : scripts.slice(0, FIRST);
  return (
    <Section id="versions" title={said.versions}>
      <ul>
        {shown.map((script) => (
          <Row key={script.number}>
            <p>
              {said.version(script.number)}
              <span className="block text-sm text-soft">{moment(script.created_at)}</span>
            </p>
            {script.number === newest.number ? (
              <span className="text-sm text-soft">{said.newest}</span>
            ) : (
              <Button
                look="quiet"
                className="text-sm"
                aria-label={said.compareOf(script.number)}
                onPress={() => setAgainst(script.number)}
              >
                {said.compare}
              </Button>
            )}
          </Row>
        ))}
      </ul>
      {shown.length < scripts.length && (
        <Button look="quiet" className="self-start" onPress={() => setWhole(true)}>
          {said.more(scripts.length - shown.length)}
        </Button>
      )}
      {against !== null && <Compared project={project} number={newest.number} against={against} onClose={() => setAgainst(null)} />}
    </Section>
  );
}

interface ComparedProps {
  project: string;
  number: number;
  against: number;
  onClose: () => void;
}

function Compared({ project, number, against, onClose }: ComparedProps) {
  const diff = useQuery({
    ...projectsDiffOptions({ path: { project_id: project, number }, query: { against } }),
    staleTime: 60_000,
  });
  return (
    <Sheet title={said.compared(against, number)} isOpen isDismissable onClose={onClose}>
      <Trouble error={diff.error} again={() => void diff.refetch()} />
      {diff.isPending && <p className="text-soft">{said.comparing}</p>}
      {diff.data && <Told diff={diff.data} />}
      <Button className="mt-auto self-start" onPress={onClose}>
        {said.close_}
      </Button>
    </Sheet>
  );
}

function Told({ diff }: { diff: ScriptDiffShown }) {
  return (
    <>
      <div className="flex flex-col gap-1">
        <p className="text-lg">{said.redo(diff.draw, diff.shots)}</p>
        <p className="text-soft">{said.touched(length(diff.seconds_touched), length(diff.seconds))}</p>
      </div>
      {diff.scenes.length > 0 && (
        <section className="flex flex-col gap-1">
          <h3 className="text-lg">{said.scenes}</h3>
          <ul>
            {diff.scenes.map((scene, index) => (
              <Scene key={String(index)} scene={scene} />
            ))}
          </ul>
        </section>
      )}
      {diff.lines.length > 0 && (
        <section className="flex flex-col gap-3">
          <h3 className="text-lg">{said.lines}</h3>
          {diff.lines.map((lines) => (
            <Lines key={`${lines.old_line} ${lines.new_line}`} of={lines} />
          ))}
        </section>
      )}
      {!diff.complete && <p className="text-sm text-soft">{said.partly}</p>}
    </>
  );
}

function Scene({ scene }: { scene: SceneDiff }) {
  const change = scene.moved && scene.change === "same" ? "moved" : scene.change;
  return (
    <li className="flex flex-col gap-1 border-t border-line py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="script font-bold break-words">{scene.title}</span>
        <span className="text-sm text-soft">{said.changes[change]}</span>
      </p>
      <ul className="flex flex-col gap-1 pl-4">
        {scene.shots.map((shot, index) => (
          <li key={String(index)} className="flex justify-between gap-4 text-sm">
            <span className={`script break-words ${shot.change === "gone" ? "text-soft line-through" : ""}`}>{shot.text}</span>
            <span className={shot.draw ? "whitespace-nowrap text-lamp" : "whitespace-nowrap text-soft"}>{said.changes[shot.change]}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Lines({ of }: { of: LinesChanged }) {
  return (
    <div className="script overflow-hidden rounded-md bg-sunk">
      {of.old.map((line, index) => (
        <p key={`old ${String(index)}`} className="flex gap-3 border-l-2 border-bad px-3 py-0.5 text-soft">
          <span aria-hidden="true">−</span>
          <span className="sr-only">{said.was}: </span>
          <span className="break-words whitespace-pre-wrap">{line}</span>
        </p>
      ))}
      {of.new.map((line, index) => (
        <p key={`new ${String(index)}`} className="flex gap-3 border-l-2 border-good px-3 py-0.5">
          <span aria-hidden="true">+</span>
          <span className="sr-only">{said.is}: </span>
          <span className="break-words whitespace-pre-wrap">{line}</span>
        </p>
      ))}
    </div>
  );
}
