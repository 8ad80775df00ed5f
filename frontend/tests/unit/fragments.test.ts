import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fragmented } from "@/app/(studio)/projects/[id]/jobs/[jobId]/fragments";

/** What a file consists of, at its top. */
function boxes(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += view.getUint32(at)) found.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
  return found;
}

function film(): ArrayBuffer {
  return new Uint8Array(readFileSync(new URL("../../public/film/the_last_ferry.mp4", import.meta.url))).buffer;
}

test("a plain film becomes one whose index comes piece by piece, with all of its bytes", () => {
  const { mimeType, bytes } = fragmented(film());
  expect(mimeType).toMatch(/^video\/mp4; codecs="avc1\.[0-9a-f]{6}"$/);
  expect(boxes(bytes).slice(0, 2)).toEqual(["ftyp", "moov"]);
  expect(boxes(bytes).slice(2)).toContain("moof");
  expect(boxes(bytes).at(-1)).toBe("mdat");
  expect(bytes.length).toBeGreaterThan(0.99 * film().byteLength);
});

test("what is no film is refused, and so is half of one", () => {
  expect(() => fragmented(new TextEncoder().encode("no film ".repeat(50)).buffer)).toThrow(/not a film/);
  expect(() => fragmented(film().slice(0, 500_000))).toThrow(/not a film/);
});
