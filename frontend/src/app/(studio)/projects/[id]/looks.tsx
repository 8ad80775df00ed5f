"use client";

import { Label, Radio, RadioGroup } from "react-aria-components";
import { words } from "@/words";

const said = words.project;

/** What a film looks like, by an example of each: the same shot, in every style. */
export function Looks({ value, onChange }: { value: string; onChange: (style: string) => void }) {
  return (
    <RadioGroup value={value} onChange={onChange} className="flex flex-col gap-2.5">
      <Label className="text-sm font-medium">{said.look}</Label>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-x-3 gap-y-3">
        {said.styles.map((style) => (
          <Radio
            key={style.id}
            value={style.id}
            className="group relative flex cursor-pointer flex-col gap-1.5 rounded-md text-sm text-soft outline-none data-[hovered]:text-ink data-[selected]:text-ink"
          >
            {/* What it shows, its name says. */}
            <img
              src={`/looks/${style.id}.jpg`}
              alt=""
              width={256}
              height={144}
              loading="lazy"
              className="aspect-video w-full rounded-md border border-line object-cover outline-offset-2 group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-lamp group-data-[selected]:border-lamp group-data-[selected]:ring-2 group-data-[selected]:ring-lamp"
            />
            <span className={`leading-tight ${value === style.id ? "font-medium" : ""}`}>{style.name}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
