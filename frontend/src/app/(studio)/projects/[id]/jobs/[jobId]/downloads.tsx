"use client";

import { Trouble } from "@/parts/problem";
import { size } from "@/parts/time";
import { words } from "@/words";
import { useFiles } from "./files";

const said = words.job;

/** What can be taken home of a finished film. */
export function Downloads({ jobId, version }: { jobId: string; version: number }) {
  const files = useFiles(jobId, version);
  const known = files.data?.filter((file) => file.name in said.files) ?? [];
  const order = Object.keys(said.files);
  known.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  return (
    <section aria-labelledby="downloads" className="flex flex-col gap-2">
      <h2 id="downloads" className="display text-2xl">
        {said.downloads}
      </h2>
      <Trouble error={files.error} again={() => void files.refetch()} />
      <ul>
        {known.map((file) => (
          <li key={file.name}>
            <a
              href={file.url}
              download={file.name}
              className="flex items-baseline justify-between gap-4 border-t border-line py-2.5 text-ink no-underline hover:text-lamp"
            >
              {said.files[file.name]}
              <span className="text-sm text-soft tabular-nums">{size(file.bytes)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
