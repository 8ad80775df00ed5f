// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MemberShown, ProjectShown } from "@/client";
import { words } from "@/words";
import { account as of } from "@/words/account";
import { cast } from "@/words/cast";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const [ANNA, BEN] = ["01939a3e-7c1e-7d52-9b0c-000000000001", "01939a3e-7c1e-7d52-9b0c-000000000002"] as const;
const PROJECT = "01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11";
const project = (title: string) => ({ project_id: PROJECT, title }) as ProjectShown;
const member = (name: string, version: number) =>
  ({ member_id: "mara", version, name, aliases: [], description: "", age: null, female: null, looks: "", pictures: [] }) as unknown as MemberShown;

let roots: Root[] = [];
/** Who is signed in, and what was asked for and sent. */
let account: string;
let sent: [string, unknown][];

beforeEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  account = ANNA;
  sent = [];
});

afterEach(async () => {
  await leave();
  vi.restoreAllMocks();
});

async function leave() {
  await act(async () => {
    for (const root of roots) root.unmount();
  });
  roots = [];
}

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  sent.push([`${request.method} ${pathname}`, await request.clone().json().catch(() => null)]);
  if (pathname.endsWith("/auth/me")) return Response.json({ user_id: account, email: "", role: "user", tier: "free" });
  if (pathname.endsWith("/credits")) return Response.json({ credits: 3 });
  return Response.json([]);
}

/** The modules as a page that is loaded has them: with nothing in them. */
async function loaded() {
  await leave();
  vi.resetModules();
  const [kept, { client }, { House }, { Title }, { MemberSheet }, { Leave }] = await Promise.all([
    import("@/parts/kept"),
    import("@/client/client.gen"),
    import("@/parts/house"),
    import("@/app/(studio)/projects/[id]/title"),
    import("@/app/(studio)/projects/[id]/cast/member"),
    import("@/app/(studio)/account/leave"),
  ]);
  client.setConfig({ baseUrl: "http://studio.test", fetch: answer as typeof fetch });
  return { ...kept, House, Title, MemberSheet, Leave };
}

const press = (name: string) =>
  act(async () => [...document.querySelectorAll("button")].findLast((one) => one.textContent === name)?.click());

/** Something on a page, and what shows something else there. */
async function put(first: ReactNode) {
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  roots.push(root);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const show = (children: ReactNode) =>
    act(async () => root.render(<QueryClientProvider client={queries}>{children}</QueryClientProvider>));
  await show(first);
  return { show, queries };
}

const box = (label: string) => {
  const named = [...document.querySelectorAll("label")].find((one) => one.textContent === label);
  const found = named ? document.getElementById(named.htmlFor) : document.querySelector(`[aria-label="${label}"]`);
  return found as HTMLInputElement | HTMLTextAreaElement;
};

async function write(one: HTMLInputElement | HTMLTextAreaElement, text: string) {
  await act(async () => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(one), "value")?.set?.call(one, text);
    one.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function pass(one: HTMLElement) {
  await act(async () => one.focus());
  await act(async () => one.blur());
}

const changes = () => sent.filter(([asked]) => asked.startsWith("PATCH") || asked.startsWith("PUT"));

test("a title that was changed elsewhere is shown after the page is loaded anew, and is not changed back", async () => {
  const before = await loaded();
  before.keepFor(ANNA);
  await put(<before.Title project={project("The Pier")} onChange={async () => {}} />);
  before.carryOver();

  const after = await loaded();
  after.keepFor(ANNA);
  await put(<after.Title project={project("The Quay")} onChange={async () => {}} />);
  expect(box(words.project.rename).value).toBe("The Quay");
  await pass(box(words.project.rename));
  expect(changes()).toEqual([]);
});

test("a title that nobody touched follows what it is elsewhere, and one that is being written stays", async () => {
  const page = await loaded();
  const shown = (title: string) => <page.Title project={project(title)} onChange={async () => {}} />;
  const { show } = await put(shown("The Pier"));
  await show(shown("The Quay"));
  expect(box(words.project.rename).value).toBe("The Quay");
  await pass(box(words.project.rename));
  expect(changes()).toEqual([]);
  await write(box(words.project.rename), "The Mole");
  await show(shown("The Dock"));
  expect(box(words.project.rename).value).toBe("The Mole");
});

test("of somebody of the cast, only what was written is taken along", async () => {
  const sheet = (page: Awaited<ReturnType<typeof loaded>>, one: MemberShown) => (
    <page.MemberSheet project={PROJECT} member={one} others={[]} onChanged={async () => {}} onClose={() => {}} />
  );
  const before = await loaded();
  before.keepFor(ANNA);
  await put(sheet(before, member("Mara", 1)));
  await write(box(cast.description), "in a red coat");
  before.carryOver();

  const after = await loaded();
  after.keepFor(ANNA);
  await put(sheet(after, member("Maria", 2)));
  expect(box(cast.name).value).toBe("Maria");
  expect(box(cast.description).value).toBe("in a red coat");
});

/** Something to write in, in the house of whoever is signed in. */
async function atHome() {
  const page = await loaded();
  function Paper() {
    const [text, setText] = page.useKept("text", () => "");
    return <input aria-label="Paper" value={text} onChange={(event) => setText(event.target.value)} />;
  }
  const { queries } = await put(<page.House><Paper /></page.House>);
  await vi.waitFor(() => expect(box("Paper")).toBeTruthy());
  return { ...page, queries };
}

test("whoever signs in in a tab in which somebody else has written is given nothing of it", async () => {
  let page = await atHome();
  await write(box("Paper"), "Fog over the water.");
  page.carryOver();
  page = await atHome();
  expect(box("Paper").value).toBe("Fog over the water.");
  page.carryOver();
  account = BEN;
  await atHome();
  expect(box("Paper").value).toBe("");
});

test("what stands on a page goes with whoever wrote it, where somebody else signed in in another tab", async () => {
  const { queries, carryOver } = await atHome();
  await write(box("Paper"), "Fog over the water.");
  account = BEN;
  await act(async () => queries.invalidateQueries());
  await vi.waitFor(() => expect(box("Paper").value).toBe(""));
  carryOver();
  await atHome();
  expect(box("Paper").value).toBe("");
});

test("whoever signs out leaves nothing behind in the tab", async () => {
  const page = await atHome();
  await write(box("Paper"), "Fog over the water.");
  page.carryOver();
  expect(sessionStorage.length).toBe(1);
  const gone = vi.spyOn(window.location, "assign").mockImplementation(() => {});
  await press(words.bar.leave);
  await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce());
  expect(sessionStorage.length).toBe(0);
});

test("whoever gives up their account leaves nothing behind in the tab", async () => {
  const page = await atHome();
  await write(box("Paper"), "Fog over the water.");
  page.carryOver();
  const gone = vi.spyOn(window.location, "replace").mockImplementation(() => {});
  await put(<page.Leave />);
  await press(of.leave);
  await press(of.leaveAct);
  await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce());
  expect(sessionStorage.length).toBe(0);
});
