"use client";

import type { ReactNode } from "react";
import { Checkbox, type CheckboxProps } from "react-aria-components";

/** Something that holds or does not. */
export function Tick({ children, ...rest }: Omit<CheckboxProps, "children" | "className"> & { children: ReactNode }) {
  return (
    <Checkbox {...rest} className="group relative flex min-h-11 cursor-pointer items-center gap-3">
      <span
        aria-hidden="true"
        className="flex size-5 shrink-0 items-center justify-center rounded border border-edge text-[0.8rem] text-transparent group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-3 group-data-[focus-visible]:outline-lamp group-data-[selected]:border-lamp group-data-[selected]:bg-lamp group-data-[selected]:text-lamp-ink"
      >
        ✓
      </span>
      {children}
    </Checkbox>
  );
}
