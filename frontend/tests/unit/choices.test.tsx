import { existsSync, readdirSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { handIn } from "@/app/(studio)/projects/[id]/music";
import { words } from "@/words";
import { music as said } from "@/words/music";

const LOOKS = new URL("../../public/looks/", import.meta.url).pathname;

test("each look has a picture, and no picture is of none", () => {
  const names = words.project.styles.map((style) => `${style.id}.jpg`);
  expect(names.filter((name) => !existsSync(LOOKS + name))).toEqual([]);
  expect(readdirSync(LOOKS).sort()).toEqual(names.sort());
});

test("what is no music is refused before anything is sent", async () => {
  const sent = vi.fn();
  vi.stubGlobal("fetch", sent);
  const file = (name: string, size: number) => ({ name, size, type: "" }) as File;
  await expect(handIn("p", file("theme.exe", 10))).rejects.toThrow(said.notSound);
  await expect(handIn("p", file("theme", 10))).rejects.toThrow(said.notSound);
  await expect(handIn("p", file("theme.mp3", 0))).rejects.toThrow(said.empty);
  await expect(handIn("p", file("theme.WAV", 2 ** 28 + 1))).rejects.toThrow(said.tooLarge);
  expect(sent).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});
