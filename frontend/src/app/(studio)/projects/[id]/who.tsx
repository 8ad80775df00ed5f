"use client";

import { useQuery } from "@tanstack/react-query";
import type { BreakdownShown } from "@/client";
import { jobsIndexOptions } from "@/client/@tanstack/react-query.gen";
import { Section } from "@/parts/section";
import { cast as said } from "@/words/cast";
import { wholeBreakdown } from "./breakdown";
import { ENDED } from "./jobs/[jobId]/events";
import { type Lane, lanesOf, type Stretch, stretchesOf } from "./lanes";

/** Pixels of the picture: of a person's lane, of the slate above, and of a scene at least. */
const LANE = 30;
const SLATE = 26;
const SCENE = 26;

/** Who is in which scene of the newest film, as a picture: scenes from left to right, people below each other. */
export function Who({ project }: { project: string }) {
  const jobs = useQuery(jobsIndexOptions({ query: { project_id: project, limit: 20 } }));
  // What was called off before it was made has left nothing to be read.
  const job = jobs.data?.items.find((one) => one.version !== null || !ENDED.has(one.status));
  const film = useQuery({
    queryKey: ["who", job?.job_id, job?.revision, job?.version],
    queryFn: ({ signal }) => wholeBreakdown(job?.job_id ?? "", signal),
    enabled: job !== undefined,
    staleTime: 60_000,
    retry: false, // a film that is still being read has none yet
  });
  if (!film.data?.scenes.length) return null;
  return <Picture film={film.data} />;
}

function Picture({ film }: { film: BreakdownShown }) {
  const scenes = stretchesOf(film.scenes);
  const lanes = lanesOf(film);
  const width = Math.max(720, scenes.length * SCENE);
  return (
    <Section id="who" title={said.who} text={said.whoText}>
      <div className="grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] gap-x-4">
        <ul aria-hidden="true" className="max-w-36 text-sm sm:max-w-52" style={{ paddingTop: SLATE }}>
          {lanes.map((lane) => (
            <li key={lane.id} className="flex items-center justify-end truncate" style={{ height: LANE }}>
              <span className="truncate">{lane.name}</span>
            </li>
          ))}
        </ul>
        {/* Whoever has no mouse scrolls it by the arrow keys. */}
        <div role="group" aria-label={said.who} tabIndex={0} className="overflow-x-auto">
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${width} ${SLATE + lanes.length * LANE}`}
            style={{ height: SLATE + lanes.length * LANE, minWidth: width }}
            preserveAspectRatio="none"
            className="w-full"
          >
            {scenes.map((scene, index) => (
              <Slate key={String(index)} scene={scene} number={index + 1} width={width} height={lanes.length * LANE} />
            ))}
            {lanes.map((lane, row) => (
              <LaneLine key={lane.id} lane={lane} scenes={scenes} width={width} y={SLATE + row * LANE + LANE / 2} isLead={row === 0} />
            ))}
          </svg>
        </div>
      </div>
      <ol className="sr-only">
        {film.scenes.map((scene, index) => {
          const names = lanes.filter((lane) => lane.scenes.has(index)).map((lane) => lane.name);
          return (
            <li key={String(index)}>
              {said.scene(index + 1, scene.slugline)}. {names.length ? said.inIt(names.join(", ")) : said.noOne}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function Slate({ scene, number, width, height }: { scene: Stretch; number: number; width: number; height: number }) {
  const x = scene.from * width;
  return (
    <g>
      <title>{said.scene(number, scene.slugline)}</title>
      <rect x={x} y={0} width={(scene.to - scene.from) * width} height={SLATE + height} fill="transparent" />
      <line x1={x} x2={x} y1={SLATE - 6} y2={SLATE + height} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
      <text x={x + 3} y={15} fontSize={11} fill="var(--soft)">
        {number}
      </text>
    </g>
  );
}

interface LineProps {
  lane: Lane;
  scenes: readonly Stretch[];
  width: number;
  y: number;
  isLead: boolean;
}

function LaneLine({ lane, scenes, width, y, isLead }: LineProps) {
  const seen = [...lane.scenes].map((index) => scenes[index]).filter((scene) => scene !== undefined);
  const first = seen[0];
  const last = seen.at(-1);
  if (!first || !last) return null;
  return (
    <g>
      <line x1={first.from * width} x2={last.to * width} y1={y} y2={y} stroke="var(--line)" strokeWidth={2} />
      {seen.map((scene) => (
        <rect
          key={scene.from}
          x={scene.from * width + 2}
          y={y - 6}
          width={Math.max(4, (scene.to - scene.from) * width - 4)}
          height={12}
          rx={3}
          fill={isLead ? "var(--lamp)" : "var(--edge)"}
        />
      ))}
    </g>
  );
}
