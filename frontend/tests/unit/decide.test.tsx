// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Change } from "@/app/(studio)/projects/[id]/jobs/[jobId]/change";
import { Decide } from "@/app/(studio)/projects/[id]/jobs/[jobId]/decide";
import type { JobShown, ShotShown } from "@/client";
import { client } from "@/client/client.gen";
import { words } from "@/words";
import { film as said } from "@/words/film";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const JOB = "01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11";
const SHOT = { number: "s001-001", state: "parked", words: "Fog.", code: "ShotFailed", message: "" } as ShotShown;
const film = (status: JobShown["status"]) => ({ job_id: JOB, status, revision: 0, held: false, last_event: 3 }) as JobShown;

let root: Root;
/** What the API answers, by method and the end of the address. */
let answers: Record<string, () => Response>;
let sent: string[];

beforeEach(() => {
  document.body.replaceChildren();
  sent = [];
  answers = {};
  client.setConfig({
    baseUrl: "http://studio.test",
    fetch: (async (request: Request) => {
      const asked = `${request.method} ${new URL(request.url).pathname.split(JOB)[1] ?? ""}`;
      sent.push(asked);
      return answers[asked]?.() ?? problem(404, "There is nothing here.");
    }) as typeof fetch,
  });
});
afterEach(async () => act(async () => root.unmount()));

const problem = (status: number, detail: string, type = "/problems/InvalidRequest") =>
  Response.json({ type, title: "", status, detail, request_id: "" }, { status });

async function put(children: React.ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () => root.render(<QueryClientProvider client={queries}>{children}</QueryClientProvider>));
  return place;
}

const button = (name: string) => [...document.querySelectorAll("button")].find((one) => one.textContent === name) as HTMLButtonElement;
const press = (name: string) => act(async () => button(name).click());
const told = () => document.querySelector("[role=alert]")?.textContent;

test("a film that was let go on in another window is not let go on again, and that is told", async () => {
  answers["GET "] = () => Response.json(film("running"));
  await put(<Decide job={film("awaiting_review")} shots={[]} onDecided={() => {}} onChange={() => {}} />);
  await press(words.job.approve);
  await vi.waitFor(() => expect(told()).toBe(said.decidedElsewhere));
  expect(sent.filter((one) => one.startsWith("POST"))).toEqual([]);
});

test("a film that still waits is let go on, and nothing is told", async () => {
  answers["GET "] = () => Response.json(film("awaiting_review"));
  answers["POST /approve"] = () => Response.json({});
  const decided = vi.fn();
  await put(<Decide job={film("awaiting_review")} shots={[]} onDecided={decided} onChange={() => {}} />);
  await press(words.job.approve);
  await vi.waitFor(() => expect(decided).toHaveBeenCalledOnce());
  expect(told()).toBeUndefined();
});

test("a shot that waits no more is told of, and other refusals in their own words", async () => {
  const decided = vi.fn();
  answers["POST /shots/s001-001/skip"] = () => problem(503, "The film did not answer within 3 s; ask again.");
  await put(<Decide job={film("needs_attention")} shots={[SHOT]} onDecided={decided} onChange={() => {}} />);
  await press(words.job.skipShot);
  await vi.waitFor(() => expect(told()).toContain("did not answer"));
  expect(decided).not.toHaveBeenCalled();
  answers["POST /shots/s001-001/retry"] = () => problem(422, "/seed: Input should be less than 4294967296.");
  await press(words.job.retryShot);
  await vi.waitFor(() => expect(told()).toContain("Input should be less"));
  expect(decided).not.toHaveBeenCalled();
  const gone = "Shot s001-001 does not wait for a decision; waiting: none.";
  answers["POST /shots/s001-001/retry"] = () => problem(422, gone, "/problems/NotWaiting");
  await press(words.job.retryShot);
  await vi.waitFor(() => expect(told()).toBe(said.decidedElsewhere));
  expect(decided).toHaveBeenCalledOnce();
});

test("what is written of a shot stays there though the film cannot be changed any more", async () => {
  const shot = { number: "s001-001", words: "Fog.", size: "WS", movement: "static", seconds: 3 };
  let changeable = true;
  const breakdown = () => ({ changeable, characters: [], scenes: [{ shots: [shot] }], order: [], next: null });
  answers["GET /breakdown"] = () => Response.json(breakdown(), { headers: { etag: '"1"' } });
  answers["POST /revisions/quote"] = () => Response.json({ credits: 0, shots: ["s001-001"], seconds: 3, set_aside: null });
  answers["POST /revisions"] = () => problem(412, "The film was changed meanwhile.");
  await put(<Change job={film("completed")} shot={SHOT} onClose={() => {}} onChanged={() => {}} />);
  const box = await vi.waitFor(() => document.querySelector("textarea") as HTMLTextAreaElement ?? expect.fail("no box"));
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(box, "A lantern.");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await vi.waitFor(() => expect(button(said.make).disabled).toBe(false));
  changeable = false;
  await press(said.make);
  await vi.waitFor(() => expect(document.body.textContent).toContain(said.elsewhere));
  expect(document.body.textContent).not.toContain(said.costs);
  await press(said.look);
  await vi.waitFor(() => expect(document.body.textContent).toContain(said.notNow));
  expect(document.querySelector("textarea")?.value).toBe("A lantern.");
  expect(button(said.make).disabled).toBe(true);
});
