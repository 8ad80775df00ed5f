import { ProgressBar } from "react-aria-components";
import type { JobShown } from "@/client";
import { words } from "@/words";

const said = words.job;

/** Real progress: the percent that was reported, and which of the six stages it is in. */
export function Stages({ job }: { job: JobShown }) {
  const names = Object.entries(said.stages);
  const at = names.findIndex(([stage]) => stage === job.current_step);
  return (
    <div className="flex flex-col gap-3">
      <ProgressBar aria-label={said.progress(job.title)} value={job.progress}>
        {({ percentage }) => (
          <div className="h-1 overflow-hidden rounded-full bg-line">
            <div className="h-full rounded-full bg-lamp transition-[width] duration-700 ease-out" style={{ width: `${percentage}%` }} />
          </div>
        )}
      </ProgressBar>
      <ol aria-label={said.stagesLabel} className="flex flex-wrap gap-x-2.5 gap-y-1 text-[0.82rem]">
        {names.map(([stage, name], index) => (
          <li
            key={stage}
            aria-current={index === at ? "step" : undefined}
            className={index === at ? "font-semibold text-lamp" : index < at ? "text-ink" : "text-soft"}
          >
            {name}
          </li>
        ))}
      </ol>
    </div>
  );
}
