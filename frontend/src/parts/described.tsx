"use client";

import type { ReactNode } from "react";
import { FieldError, Label, Text, TextField, type TextFieldProps } from "react-aria-components";
import { tooLong } from "./problem";

/** What a box looks like into which something is written. */
export const BOX = "rounded-md border border-edge bg-raised px-4 text-ink transition-colors hover:border-ink data-[invalid]:border-bad";

export interface DescribedProps extends Omit<TextFieldProps, "children" | "className"> {
  label: string;
  hint?: string;
}

/**
 * What stands around a box into which something is written: its name, a hint, and what is wrong with what stands there.
 *
 * More than `maxLength` can be written, and is told of: a browser that is given a limit cuts without a word.
 */
export function Described({ label, hint, children, maxLength, ...rest }: DescribedProps & { children: ReactNode }) {
  const validate = (value: string) => (maxLength === undefined ? null : tooLong(value, maxLength));
  return (
    <TextField validate={validate} {...rest} className="flex flex-col gap-1.5">
      <Label className="text-sm font-medium">{label}</Label>
      {children}
      {hint && (
        <Text slot="description" className="text-sm text-soft">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-bad" />
    </TextField>
  );
}
