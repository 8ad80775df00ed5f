// @vitest-environment happy-dom
import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useWatched } from "@/app/(studio)/projects/[id]/jobs/[jobId]/events";
import type { JobShown } from "@/client";
import { jobsReadQueryKey } from "@/client/@tanstack/react-query.gen";

const JOB = "01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11";
const film = { job_id: JOB, status: "running", progress: 1, current_step: "keyframes", last_event: 7 } as JobShown;

/** What tells of a film: the test says when, and when no more. */
class Telling extends EventTarget {
  static CLOSED = 2;
  static all: Telling[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    Telling.all.push(this);
  }
  static get last(): Telling {
    return Telling.all.at(-1) as Telling;
  }
  close() {
    this.readyState = Telling.CLOSED;
  }
  tell(seq: number, kind = "shots_made") {
    const event = { seq, kind, stage: "keyframes", progress: seq, status: "running", message: `${seq}` };
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(event) }));
  }
}

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
let isAnswered = true;
let answer = film;
let asked = 0;
let shots = 0;

function Watching() {
  const { job, isLost } = useWatched(JOB, () => void shots++);
  return (
    <p>
      {job?.progress} {isLost ? "lost" : "there"}
    </p>
  );
}

const wait = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

async function turn(isOnline: boolean) {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(isOnline);
  await act(async () => {
    onlineManager.setOnline(isOnline);
    window.dispatchEvent(new Event(isOnline ? "online" : "offline"));
  });
}

async function watching(): Promise<HTMLElement> {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(jobsReadQueryKey({ path: { job_id: JOB } }), film);
  const place = document.body.appendChild(document.createElement("div"));
  await act(async () =>
    createRoot(place).render(
      <QueryClientProvider client={client}>
        <Watching />
      </QueryClientProvider>,
    ),
  );
  await act(async () => void Telling.last.onopen?.());
  await wait(200);
  return place;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Telling);
  vi.stubGlobal("fetch", async () => {
    asked += 1;
    if (!isAnswered) throw new TypeError("Failed to fetch");
    return Response.json(answer);
  });
  Telling.all = [];
  isAnswered = true;
  answer = film;
  document.body.replaceChildren();
});
afterEach(async () => {
  await turn(true);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("without a network it says so at once, and events go on with the last that was heard", async () => {
  const place = await watching();
  await act(async () => Telling.last.tell(8));
  await act(async () => Telling.last.tell(9, "segment_made"));
  await wait(200);
  expect(place.textContent).toBe("9 there");
  answer = { ...film, progress: 9, last_event: 9 };
  await turn(false);
  expect(place.textContent).toBe("9 lost");
  expect(Telling.last.readyState).toBe(Telling.CLOSED);
  await turn(true);
  expect(Telling.all).toHaveLength(2);
  expect(Telling.last.url).toBe(`/api/v1/jobs/${JOB}/events?after=8`);
  shots = 0;
  await act(async () => void Telling.last.onopen?.());
  await wait(2_000);
  expect(place.textContent).toBe("9 there");
  expect(shots).toBe(1); // what was asked for meanwhile, nobody has answered
});

test("where the studio does not answer it says so, and asks until it does", async () => {
  const place = await watching();
  isAnswered = false;
  await act(async () => void Telling.last.onerror?.());
  await wait(50);
  expect(place.textContent).toBe("1 lost");
  isAnswered = true;
  await wait(3_100);
  expect(place.textContent).toBe("1 there");
});

test("where events alone are away, the film is asked for, and nothing is lost", async () => {
  const place = await watching();
  await act(async () => void Telling.last.onerror?.());
  asked = 0;
  await wait(9_500);
  expect(asked).toBeGreaterThanOrEqual(3);
  expect(place.textContent).toBe("1 there");
});

test("a connection that is dead without a word is found out", async () => {
  await watching();
  asked = 0;
  await wait(61_000);
  expect(asked).toBe(2);
});
