"use client";

import { Button } from "@/parts/controls";
import { Mark } from "@/parts/mark";
import { words } from "@/words";

const said = words.stopped;
/** What the parts of a page are called that could not be loaded: they are those of an older deployment, mostly. */
const PARTS = /ChunkLoadError|Failed to load chunk|dynamically imported module/i;

/** What stands instead of a page that cannot go on. */
export default function Stopped({ error }: { error: Error }) {
  const isOld = PARTS.test(`${error.name}: ${error.message}`);
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
        <Button look="lamp" onPress={() => window.location.reload()}>
          {said.again}
        </Button>
      </main>
    </div>
  );
}
