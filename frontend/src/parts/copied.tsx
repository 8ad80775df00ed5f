"use client";

import { useState } from "react";
import { Button } from "./controls";

interface CopiedProps {
  label: string;
  value: string;
  copy: string;
  copied: string;
}

/** A text to be taken along as it is. It can be copied by hand where a browser lets no page do it. */
export function Copied({ label, value, copy, copied }: CopiedProps) {
  const [isDone, setDone] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        className="script min-h-11 min-w-0 flex-1 basis-56 rounded-md border border-edge bg-sunk px-3 text-ink"
      />
      <Button
        onPress={() => {
          navigator.clipboard?.writeText(value).then(
            () => setDone(true),
            () => setDone(false),
          );
        }}
      >
        {isDone ? copied : copy}
      </Button>
    </div>
  );
}
