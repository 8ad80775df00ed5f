"use client";

import {
  Button as AriaButton,
  type ButtonProps,
  FieldError,
  Input,
  Label,
  Text,
  TextField,
  type TextFieldProps,
} from "react-aria-components";
import { type Look, LOOKS, SHAPE } from "./controls-static";

export { Leading } from "./controls-static";

interface Props extends Omit<ButtonProps, "className" | "isPending"> {
  look?: Look;
  className?: string;
  /** Whether what it does is being done: it cannot be pressed again meanwhile. */
  isPending?: boolean;
}

export function Button({ look = "plain", className = "", isPending = false, isDisabled = false, ...rest }: Props) {
  return <AriaButton {...rest} isDisabled={isDisabled || isPending} className={`${SHAPE} ${LOOKS[look]} ${className}`} />;
}

/** A line to be filled in, with its name, a hint, and what is wrong with it. */
export function Field({ label, hint, ...rest }: TextFieldProps & { label: string; hint?: string }) {
  return (
    <TextField {...rest} className="flex flex-col gap-1.5">
      <Label className="text-sm font-medium">{label}</Label>
      <Input className="min-h-12 rounded-md border border-edge bg-raised px-4 text-ink transition-colors hover:border-ink data-[invalid]:border-bad" />
      {hint && (
        <Text slot="description" className="text-sm text-soft">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-bad" />
    </TextField>
  );
}
