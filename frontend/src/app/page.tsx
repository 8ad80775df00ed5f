import { Leading } from "@/parts/controls-static";
import { Mark } from "@/parts/mark";
import { Reel } from "@/parts/reel";
import { words } from "@/words";

const said = words.landing;

/** What this is: a film that was made here, and the page that it was made from. */
export default function Page() {
  return (
    <>
      <header className="mx-auto flex max-w-[110rem] items-center justify-between px-4 py-3 sm:px-8">
        <Mark href="/" />
        <Leading look="quiet" href="/login">
          {said.enter}
        </Leading>
      </header>
      <main id="content" tabIndex={-1} className="outline-none">
        <div className="mx-auto grid max-w-[110rem] items-end gap-x-16 gap-y-6 px-4 pt-8 pb-10 sm:px-8 sm:pt-14 lg:grid-cols-[3fr_2fr]">
          <h1 className="display text-[clamp(3.1rem,8.2vw,8.5rem)]">{said.title}</h1>
          <div className="flex flex-col items-start gap-6 lg:pb-4">
            <p className="max-w-prose text-lg text-soft">{said.text}</p>
            <Leading look="lamp" href="/login?new" className="min-h-13 text-lg">
              {said.start}
            </Leading>
          </div>
        </div>
        <Reel />
        <section className="mx-auto grid max-w-[110rem] gap-x-16 gap-y-10 px-4 py-20 sm:px-8 lg:grid-cols-2 lg:py-28">
          <figure className="flex flex-col gap-4">
            <figcaption className="text-sm text-soft">{said.script}</figcaption>
            <div className="script flex flex-1 flex-col justify-center gap-4 rounded-xl border border-line bg-raised p-[8%] text-[clamp(0.95rem,1.3vw,1.25rem)]">
              {said.sample.map((line) => (
                <p key={line.text} className={SHAPES[line.kind]}>
                  {line.text}
                </p>
              ))}
            </div>
          </figure>
          <figure className="flex flex-col gap-4">
            <figcaption className="text-sm text-soft">{said.result}</figcaption>
            <img src="/film/wheelhouse.jpg" alt={said.still} width={960} height={540} className="aspect-video w-full rounded-xl object-cover" />
          </figure>
        </section>
        <section className="mx-auto grid max-w-[110rem] gap-x-16 gap-y-12 border-t border-line px-4 py-16 sm:px-8 md:grid-cols-3 lg:py-24">
          {said.steps.map((step) => (
            <div key={step.title} className="flex flex-col gap-3">
              <h2 className="display text-3xl sm:text-4xl">{step.title}</h2>
              <p className="max-w-prose text-soft">{step.text}</p>
            </div>
          ))}
        </section>
      </main>
    </>
  );
}

/** How a screenplay is set. */
const SHAPES: Record<string, string> = {
  heading: "font-bold",
  action: "",
  cue: "pl-[38%] -mb-4",
  line: "pl-[22%]",
};
