"use client";

import { TextArea } from "react-aria-components";
import { BOX, Described, type DescribedProps } from "./described";

/** Some sentences to be filled in. */
export function Area({ rows = 3, ...rest }: DescribedProps & { rows?: number }) {
  return (
    <Described {...rest}>
      <TextArea rows={rows} className={`resize-y py-3 ${BOX}`} />
    </Described>
  );
}
