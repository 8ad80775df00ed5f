// After the build: leaves out what nobody asks for, and holds each page to its budget of script.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

const OUT = new URL("../out/", import.meta.url).pathname;
/** Kilobytes of gzipped JavaScript that a page's first load may take. */
const BUDGETS = { "index.html": 150 };
const BUDGET = 300;

const files = readdirSync(OUT, { recursive: true })
  .map((name) => join(OUT, name))
  .filter((path) => statSync(path).isFile());

// Next writes what its router fetches instead of pages: links here lead to pages.
for (const path of files.filter((one) => one.endsWith(".txt"))) rmSync(path);

// By this a page that stands open finds out that it is of before.
const build = readFileSync(new URL("../.next/BUILD_ID", import.meta.url), "utf8");
writeFileSync(join(OUT, "build.json"), `${JSON.stringify({ build })}\n`);

let isOver = false;
for (const page of files.filter((one) => one.endsWith(".html"))) {
  const name = relative(OUT, page);
  const html = readFileSync(page, "utf8");
  const loaded = new Set();
  let bytes = 0;
  for (const [, attributes] of html.matchAll(/<script\b([^>]*)>/g)) {
    const src = /\bsrc="([^"]+)"/.exec(attributes)?.[1];
    // Browsers with modules, which all are that this is for, leave `nomodule` alone.
    if (!src || /\bnomodule\b/i.test(attributes) || loaded.has(src)) continue;
    loaded.add(src);
    bytes += gzipSync(readFileSync(join(OUT, src.split("?")[0])), { level: 9 }).length;
  }
  const inline = [...html.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([^]*?)<\/script>/g)].map((one) => one[1]).join("");
  bytes += gzipSync(inline, { level: 9 }).length;
  for (const [, address] of html.matchAll(/\b(?:src|href)="((?:https?:)?\/\/[^"]+)"/g)) {
    console.error(`${name}: refers to another host: ${address}`);
    isOver = true;
  }
  const budget = BUDGETS[name] ?? BUDGET;
  const size = bytes / 1000;
  console.log(`${name.padEnd(28)} ${size.toFixed(1).padStart(6)} KB of ${budget}`);
  if (size > budget) {
    console.error(`${name}: first load is over its budget`);
    isOver = true;
  }
}
if (isOver) process.exit(1);
