// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode, useState } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useWatched } from "@/app/(studio)/projects/[id]/jobs/[jobId]/events";
import { scenesOf } from "@/app/(studio)/projects/[id]/jobs/[jobId]/shots";
import { Storyboard } from "@/app/(studio)/projects/[id]/jobs/[jobId]/storyboard";
import type { JobShown, ShotShown } from "@/client";
import { jobsReadQueryKey } from "@/client/@tanstack/react-query.gen";

const JOB = "01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11";
const film: JobShown = {
  job_id: JOB,
  project_id: JOB,
  title: "The Pier",
  status: "running",
  progress: 1,
  current_step: "keyframes",
  revision: 0,
  version: null,
  last_event: 1,
  error: null,
  created_at: "2026-11-29T18:30:00Z",
  started_at: null,
  completed_at: null,
};

/** What tells of a film: the test says when. */
class Telling extends EventTarget {
  static CLOSED = 2;
  static last: Telling;
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    Telling.last = this;
  }
  close() {}
  tell(seq: number) {
    const event = { seq, kind: "shots_made", stage: "keyframes", progress: Math.floor(seq / 12), status: "running", message: `${seq}` };
    this.dispatchEvent(new MessageEvent("shots_made", { data: JSON.stringify(event) }));
  }
}

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
let draws = 0;

function Watching() {
  draws += 1;
  const { job, message } = useWatched(JOB, () => {});
  return (
    <p>
      {job?.progress} {message}
    </p>
  );
}

async function put(children: ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  await act(async () => createRoot(place).render(children));
  return place;
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a thousand events in a second draw a film anew at most 20 times", async () => {
  vi.stubGlobal("EventSource", Telling);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } });
  client.setQueryData(jobsReadQueryKey({ path: { job_id: JOB } }), film);
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(film)));
  const place = await put(
    <QueryClientProvider client={client}>
      <Watching />
    </QueryClientProvider>,
  );
  await act(async () => void Telling.last.onopen?.());
  await act(async () => void (await vi.advanceTimersByTimeAsync(200)));
  draws = 0;
  for (let seq = 2; seq <= 1001; seq++) {
    Telling.last.tell(seq);
    await act(async () => void (await vi.advanceTimersByTimeAsync(1)));
  }
  await act(async () => void (await vi.advanceTimersByTimeAsync(150)));
  expect(draws).toBeLessThanOrEqual(20);
  expect(draws).toBeGreaterThan(5);
  expect(place.textContent).toBe("83 1001");
});

const SHOTS: ShotShown[] = Array.from({ length: 1500 }, (_, index) => ({
  number: `s001-${String(index + 1).padStart(4, "0")}`,
  scene: 1 + Math.floor(index / 750),
  slugline: "EXT. HARBOUR - DUSK",
  size: "MCU",
  words: `Mara says line ${index + 1}.`,
  seconds: 2.5,
  state: "missing",
  message: "",
  edited: [],
  thumbnail: null,
}));
const SCENES = scenesOf(SHOTS);

function Board() {
  const [chosen, setChosen] = useState<string | null>(null);
  return <Storyboard scenes={SCENES} chosen={chosen} onChoose={setChosen} onChange={setChosen} />;
}

test("of 1,500 shots no more than 200 are in the page, wherever it is scrolled to, and all are met on the way", async () => {
  const size = { width: 1376, height: 250 };
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(
    () => ({ ...size, top: -window.scrollY, left: 0, right: size.width, bottom: size.height, x: 0, y: 0 }) as DOMRect,
  );
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(size.height);
  vi.stubGlobal("innerHeight", 1440);
  const place = await put(<Board />);
  const met = new Set<string>();
  let most = 0;
  for (let top = 0; top < 130_000; top += 3000) {
    await act(async () => {
      Object.defineProperty(window, "scrollY", { value: top, configurable: true });
      window.dispatchEvent(new Event("scroll"));
      await vi.advanceTimersByTimeAsync(20);
    });
    const frames = [...place.querySelectorAll("[data-shot]")];
    most = Math.max(most, frames.length);
    for (const frame of frames) met.add(frame.getAttribute("data-shot") ?? "");
  }
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThanOrEqual(200);
  expect(met.size).toBe(1500);
});
