import { Leading } from "@/parts/controls-static";
import { Mark } from "@/parts/mark";
import { words } from "@/words";

export default function NotFound() {
  return (
    <div className="flex min-h-dvh flex-col px-5 py-4 sm:px-12">
      <header>
        <Mark href="/" />
      </header>
      <main id="content" tabIndex={-1} className="my-auto flex flex-col items-start gap-6 py-12 outline-none">
        <h1 className="display text-5xl sm:text-7xl">{words.gone.title}</h1>
        <p className="text-lg text-soft">{words.gone.text}</p>
        <Leading look="lamp" href="/">
          {words.gone.back}
        </Leading>
      </main>
    </div>
  );
}
