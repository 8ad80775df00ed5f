"use client";

import { Label, Radio, RadioGroup } from "react-aria-components";

interface PickProps {
  label: string;
  options: readonly { id: string; name: string }[];
  value: string;
  onChange: (id: string) => void;
}

/** One of a few: all of them are seen at once. */
export function Pick({ label, options, value, onChange }: PickProps) {
  return (
    <RadioGroup value={value} onChange={onChange} className="flex flex-col gap-2.5">
      <Label className="text-sm font-medium">{label}</Label>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          // What has the focus is hidden in it, and scrolls with it.
          <Radio
            key={option.id}
            value={option.id}
            className="relative flex min-h-9 cursor-pointer items-center rounded-full border border-line px-3.5 text-[0.92rem] text-soft transition-colors hover:border-edge hover:text-ink data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-3 data-[selected]:border-ink data-[selected]:bg-ink data-[selected]:text-ground"
          >
            {option.name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
