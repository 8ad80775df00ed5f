import type { AnchorHTMLAttributes } from "react";

export type Look = "lamp" | "plain" | "quiet" | "bad";

export const SHAPE =
  "inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 text-[0.95rem] font-medium " +
  "no-underline transition-[background-color,border-color,opacity] duration-200 data-[disabled]:cursor-default data-[disabled]:opacity-45";
export const LOOKS: Record<Look, string> = {
  lamp: "rounded-full px-6 bg-lamp text-lamp-ink hover:bg-[color-mix(in_srgb,var(--lamp)_86%,var(--ink))]",
  plain: "rounded-full px-6 border border-edge bg-transparent text-ink hover:border-ink",
  quiet: "text-soft underline decoration-line underline-offset-[6px] hover:text-ink hover:decoration-ink",
  bad: "rounded-full px-6 bg-bad text-ground hover:opacity-90",
};

/** A link that looks like a button. It needs no script. */
export function Leading({ look = "plain", className = "", ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { look?: Look }) {
  return <a {...rest} className={`${SHAPE} ${LOOKS[look]} ${className}`} />;
}
