import type { ReactNode } from "react";

interface SectionProps {
  id: string;
  title: string;
  /** A sentence below the title. */
  text?: string;
  children: ReactNode;
}

/** A part of a page, under its title. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <h2 id={id} className="display text-3xl">
          {title}
        </h2>
        {text && <p className="max-w-prose text-soft">{text}</p>}
      </div>
      {children}
    </section>
  );
}

/** One of several things below each other. */
export function Row({ children }: { children: ReactNode }) {
  return <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-t border-line py-3">{children}</li>;
}
