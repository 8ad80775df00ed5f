"use client";

import { useEffect, useLayoutEffect } from "react";
import { freeze } from "@/parts/kept";
import { Mark } from "@/parts/mark";
import { lookForNewer, useStanding } from "@/parts/newer";
import { Again } from "@/parts/renewed";
import { words } from "@/words";

const said = words.stopped;
/** What the parts of a page are called that could not be loaded: they are those of an older deployment, mostly. */
const PARTS = /ChunkLoadError|Failed to load chunk|dynamically imported module/i;

/** What stands instead of a page that cannot go on. What was written on it is taken along when it is loaded again. */
export default function Stopped({ error }: { error: Error }) {
  // Before what stood here is cleared away.
  useLayoutEffect(freeze, []);
  useEffect(() => void lookForNewer(), []);
  const standing = useStanding();
  const isOld = standing !== "own" || PARTS.test(`${error.name}: ${error.message}`);
  return (
    <div className="flex min-h-dvh flex-col px-5 py-4 sm:px-12">
      <header>
        <Mark href="/dashboard" />
      </header>
      <main id="content" tabIndex={-1} className="my-auto flex flex-col items-start gap-6 py-12 outline-none">
        <h1 className="display text-5xl sm:text-7xl">{isOld ? said.old : said.title}</h1>
        <p role="alert" className="max-w-prose text-lg text-soft">
          {isOld ? said.oldText : said.text}
        </p>
        <Again />
      </main>
    </div>
  );
}
