// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Title } from "@/app/(studio)/projects/[id]/title";
import type { ProjectShown } from "@/client";
import { Field } from "@/parts/controls";
import { tooLong } from "@/parts/problem";
import { words } from "@/words";

const PROJECT = { project_id: "01939a3e-7c1e-7d52-9b0c-5f2f4f0f9a11", title: "The Pier", version: 3 } as ProjectShown;
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeEach(() => document.body.replaceChildren());
afterEach(() => void vi.unstubAllGlobals());

async function put(children: ReactNode): Promise<HTMLElement> {
  const place = document.body.appendChild(document.createElement("div"));
  const client = new QueryClient();
  await act(async () => createRoot(place).render(<QueryClientProvider client={client}>{children}</QueryClientProvider>));
  return place;
}

async function write(box: HTMLInputElement, text: string) {
  await act(async () => {
    box.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await act(async () => box.blur());
}

const box = (place: HTMLElement) => place.querySelector("input") as HTMLInputElement;

test("what is too long is counted in characters, whatever they are made of", () => {
  expect(tooLong("😀".repeat(255), 255)).toBeNull();
  expect(tooLong("x".repeat(10_000), 255)).toBe(words.tooLong(10_000, 255));
});

test("a title that is too long is told of, stays to be shortened, and is not sent", async () => {
  const sent = vi.fn();
  vi.stubGlobal("fetch", sent);
  const place = await put(<Title project={PROJECT} onChange={async () => {}} />);
  await write(box(place), "x".repeat(10_000));
  await vi.waitFor(() => expect(place.querySelector("[role=alert]")?.textContent).toBe(words.tooLong(10_000, 255)));
  expect(box(place).value).toHaveLength(10_000);
  expect(sent).not.toHaveBeenCalled();
  await write(box(place), "The Pier");
  await vi.waitFor(() => expect(place.querySelector("[role=alert]")).toBeNull());
});

test("a title that nobody took is still there", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  const place = await put(<Title project={PROJECT} onChange={async () => {}} />);
  await write(box(place), "The Quay");
  await vi.waitFor(() => expect(place.textContent).toContain(words.unreachable));
  expect(box(place).value).toBe("The Quay");
});

test("a line takes more than may be written, and says so", async () => {
  const place = await put(<Field label="Name" maxLength={100} />);
  await write(box(place), "x".repeat(10_000));
  await act(async () => void box(place).dispatchEvent(new Event("change", { bubbles: true })));
  expect(box(place).validationMessage).toBe(words.tooLong(10_000, 100));
});
