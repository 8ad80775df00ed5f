// @vitest-environment happy-dom
import { act, Component, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { words } from "@/words";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const [ANNA, BEN] = ["01939a3e-7c1e-7d52-9b0c-000000000001", "01939a3e-7c1e-7d52-9b0c-000000000002"] as const;
let served = "before";
let roots: Root[] = [];

beforeEach(() => {
  served = "before";
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.stubEnv("STUDIO_BUILD", "before");
  vi.stubGlobal("fetch", async () => Response.json({ build: served }));
});

afterEach(async () => {
  await act(async () => {
    for (const root of roots) root.unmount();
  });
  roots = [];
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The modules as a page that is loaded has them: with nothing in them but who is signed in. */
async function loaded(account: string = ANNA) {
  vi.resetModules();
  const [kept, newer, renewed, stopped] = await Promise.all([
    import("@/parts/kept"),
    import("@/parts/newer"),
    import("@/parts/renewed"),
    import("@/app/(studio)/error"),
  ]);
  kept.keepFor(account);
  return { ...kept, ...newer, ...renewed, Stopped: stopped.default };
}

type Page = Awaited<ReturnType<typeof loaded>>;

async function put(children: ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  roots.push(root);
  await act(async () => root.render(children));
  return place;
}

/** Something to write in, which is broken by one word. */
function paper(page: Page, first: string | object = "") {
  return function Paper() {
    const [text, setText] = page.useKept<unknown>("text", () => first);
    if (text === "broken") throw new Error("Cannot read properties of undefined");
    return <input value={JSON.stringify(text)} onChange={(event) => setText(event.target.value)} />;
  };
}

async function write(place: HTMLElement, text: string) {
  const box = place.querySelector("input") as HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

const written = (place: HTMLElement) => JSON.parse(place.querySelector("input")?.value ?? "null");
const button = (place: HTMLElement, name: string) =>
  [...place.querySelectorAll("button")].find((one) => one.textContent === name) as HTMLButtonElement;
const press = (one: HTMLButtonElement) => act(async () => one.click());

test("a page of the studio's own build says nothing, whatever it is answered", async () => {
  const page = await loaded();
  const place = await put(<page.Renewed className="" />);
  await act(async () => page.wonder(422));
  expect(place.textContent).toBe("");
});

test("a page that is of before says so after an answer that is explained by it, and takes along what is written", async () => {
  let page = await loaded();
  const Paper = paper(page);
  const place = await put(<><page.Renewed className="" /><Paper /></>);
  await write(place, "Fog over the water.");
  served = "after";
  await act(async () => page.wonder(401)); // a session that ran out explains itself
  expect(place.textContent).toBe("");
  await act(async () => page.wonder(422));
  expect(place.textContent).toContain(words.renewed.title);
  const reload = vi.spyOn(window.location, "reload").mockImplementation(() => {});
  await press(button(place, words.stopped.again));
  expect(reload).toHaveBeenCalledOnce();
  expect(page.isLaidAside()).toBe(true);

  page = await loaded();
  const Anew = paper(page);
  const [one, other] = [await put(<Anew />), await put(<Anew />)];
  expect(written(one)).toBe("Fog over the water.");
  expect(written(other)).toBe(""); // once
});

test("where nobody answers, it is asked again", async () => {
  const page = await loaded();
  const place = await put(<page.Renewed className="" />);
  vi.useFakeTimers();
  try {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    await act(async () => void (await page.lookForNewer()));
    served = "after";
    vi.stubGlobal("fetch", async () => Response.json({ build: served }));
    await act(async () => void (await vi.advanceTimersByTimeAsync(6_000)));
    expect(place.textContent).toContain(words.renewed.title);
  } finally {
    vi.useRealTimers();
  }
});

/** How often it is asked, where nobody answers. */
function unanswered() {
  const asked = vi.fn<typeof fetch>(() => Promise.reject(new TypeError("no network")));
  vi.stubGlobal("fetch", asked);
  return asked;
}

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test("where nobody answers, it is asked once more, and then when there is a network again", async () => {
  const page = await loaded();
  const place = await put(<page.Renewed className="" />);
  vi.useFakeTimers();
  try {
    const asked = unanswered();
    await act(async () => void (await page.lookForNewer()));
    await pass(3_600_000);
    expect(asked).toHaveBeenCalledTimes(2);
    served = "after";
    vi.stubGlobal("fetch", async () => Response.json({ build: served }));
    await act(async () => window.dispatchEvent(new Event("online")));
    expect(place.textContent).toContain(words.renewed.title);
  } finally {
    vi.useRealTimers();
  }
});

test("a tab that nobody looks at does not ask again before somebody does", async () => {
  const page = await loaded();
  vi.useFakeTimers();
  try {
    const asked = unanswered();
    const seen = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    await act(async () => void (await page.lookForNewer()));
    await pass(3_600_000);
    await act(async () => window.dispatchEvent(new Event("online")));
    expect(asked).toHaveBeenCalledOnce();
    seen.mockReturnValue("visible");
    await act(async () => document.dispatchEvent(new Event("visibilitychange")));
    expect(asked).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});

test("it is not waited for an answer for ever", async () => {
  const page = await loaded();
  const patience = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    return new Promise((_, refuse) => init.signal?.addEventListener("abort", () => refuse(init.signal?.reason)));
  });
  const answer = page.lookForNewer();
  patience.abort(new DOMException("too late", "TimeoutError"));
  expect(await answer).toBe(false);
});

test("it is put off, and nothing is lost by that", async () => {
  const page = await loaded();
  const place = await put(<page.Renewed className="" />);
  served = "after";
  await act(async () => page.wonder(404));
  await press(button(place, words.renewed.later));
  expect(place.textContent).toBe("");
});

test("what was written on a page that broke is taken along, too", async () => {
  let page = await loaded();
  const Paper = paper(page);
  class Edge extends Component<{ children: ReactNode }> {
    override state: { error: Error | null } = { error: null };
    static getDerivedStateFromError = (error: Error) => ({ error });
    override render = () => (this.state.error ? <page.Stopped error={this.state.error} /> : this.props.children);
  }
  function Title() {
    const [title, setTitle] = page.useKept("title", () => "The Quay");
    return <button type="button" onClick={() => setTitle("The Pier")}>{title}</button>;
  }
  vi.spyOn(console, "error").mockImplementation(() => {});
  const place = await put(<Edge><Title /><Paper /></Edge>);
  served = "after";
  await press(button(place, "The Quay"));
  await write(place, "broken");
  await vi.waitFor(() => expect(place.textContent).toContain(words.stopped.oldText));
  vi.spyOn(window.location, "reload").mockImplementation(() => {});
  await press(button(place, words.stopped.again));
  page = await loaded();
  expect(page.take("title", "")).toBe("The Pier");
});

test("what is too much to be taken along is told of, and the page stays", async () => {
  const page = await loaded();
  const Paper = paper(page);
  const place = await put(<><page.Again /><Paper /></>);
  const reload = vi.spyOn(window.location, "reload").mockImplementation(() => {});
  vi.stubGlobal("sessionStorage", {
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => {},
  });
  await press(button(place, words.stopped.again));
  expect(place.querySelector("[role=alert]")?.textContent).toBe(words.renewed.tooMuch);
  expect(reload).not.toHaveBeenCalled();
  expect(page.isLaidAside()).toBe(false);
});

/** A form, one field of which is written in. */
function form(page: Page, first: Record<string, string>) {
  return function Form() {
    const [draft, setDraft] = page.useKept("form", () => first);
    return <input value={JSON.stringify(draft)} onChange={(event) => setDraft({ ...draft, size: event.target.value })} />;
  };
}

test("a form that the newer page does not know begins anew", async () => {
  const before = await loaded();
  const Form = form(before, { size: "CU", seconds: "3" });
  await write(await put(<Form />), "WS");
  before.carryOver();
  const after = await loaded();
  expect(after.take("form", { size: "", seconds: "", take: "" })).toEqual({ size: "", seconds: "", take: "" });
});

test("what nobody touched is not taken along: it is what it is by then", async () => {
  const before = await loaded();
  const [Paper, Form] = [paper(before, "The Pier"), form(before, { size: "CU", seconds: "3" })];
  await put(<Paper />);
  await write(await put(<Form />), "WS");
  before.carryOver();
  const after = await loaded();
  expect(after.take("text", "The Quay")).toBe("The Quay");
  expect(after.take("form", { size: "MCU", seconds: "5" })).toEqual({ size: "WS", seconds: "5" });
});

test("what was written is given back to the account that wrote it, and to no other", async () => {
  async function carried() {
    const page = await loaded();
    const Paper = paper(page);
    await write(await put(<Paper />), "Fog over the water.");
    page.carryOver();
  }
  await carried();
  expect((await loaded(BEN)).take("text", "")).toBe("");
  expect((await loaded(ANNA)).take("text", "")).toBe(""); // nothing waits on after somebody else came
  await carried();
  expect((await loaded(ANNA)).take("text", "")).toBe("Fog over the water.");
});
