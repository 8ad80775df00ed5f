// @vitest-environment happy-dom
import { act, Component, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { words } from "@/words";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

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

/** The modules as a page that is loaded has them: with nothing in them. */
async function loaded() {
  vi.resetModules();
  const [kept, newer, renewed, stopped] = await Promise.all([
    import("@/parts/kept"),
    import("@/parts/newer"),
    import("@/parts/renewed"),
    import("@/app/(studio)/error"),
  ]);
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
    const [title] = page.useKept("title", () => "The Pier");
    return <p>{title}</p>;
  }
  vi.spyOn(console, "error").mockImplementation(() => {});
  const place = await put(<Edge><Title /><Paper /></Edge>);
  served = "after";
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

test("a form that the newer page does not know begins anew", async () => {
  const before = await loaded();
  await put(createPaper(before, { size: "CU", seconds: "3" }));
  before.carryOver();
  const after = await loaded();
  expect(after.take("text", { size: "", seconds: "", take: "" })).toEqual({ size: "", seconds: "", take: "" });
});

function createPaper(page: Page, first: object) {
  const Paper = paper(page, first);
  return <Paper />;
}
