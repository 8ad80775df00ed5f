"use client";

import { Button as AriaButton, type ButtonProps, Input } from "react-aria-components";
import { type Look, LOOKS, SHAPE } from "./controls-static";
import { BOX, Described, type DescribedProps } from "./described";

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

/** A line to be filled in. */
export function Field(props: DescribedProps) {
  return (
    <Described {...props}>
      <Input className={`min-h-12 ${BOX}`} />
    </Described>
  );
}
