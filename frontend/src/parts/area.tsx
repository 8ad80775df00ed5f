"use client";

import { FieldError, Label, Text, TextArea, TextField, type TextFieldProps } from "react-aria-components";

/** Some sentences to be filled in, with their name, a hint, and what is wrong with them. */
export function Area({ label, hint, rows = 3, ...rest }: TextFieldProps & { label: string; hint?: string; rows?: number }) {
  return (
    <TextField {...rest} className="flex flex-col gap-1.5">
      <Label className="text-sm font-medium">{label}</Label>
      <TextArea
        rows={rows}
        className="resize-y rounded-md border border-edge bg-raised px-4 py-3 text-ink transition-colors hover:border-ink data-[invalid]:border-bad"
      />
      {hint && (
        <Text slot="description" className="text-sm text-soft">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-bad" />
    </TextField>
  );
}
