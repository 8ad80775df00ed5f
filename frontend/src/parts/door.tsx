import type { ReactNode } from "react";
import { Mark } from "./mark";

/** A page for somebody who is not signed in: one thing to do, beside a picture of what waits behind it. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,5fr)_7fr]">
      <div className="flex flex-col px-5 py-4 sm:px-12">
        <header>
          <Mark href="/" />
        </header>
        <main id="content" tabIndex={-1} className="my-auto flex w-full max-w-md flex-col gap-8 py-12 outline-none">
          <h1 className="display text-5xl sm:text-6xl">{title}</h1>
          {children}
        </main>
      </div>
      <div aria-hidden="true" className="hidden bg-screen bg-[url(/film/door.jpg)] bg-cover bg-right lg:block" />
    </div>
  );
}
