import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { NextConfig } from "next";

/** What pages are made of; the client is made of the API's description. */
const MADE_OF = ["src", "public", "package-lock.json", "../docs/openapi.json"];

/** A name for these pages: others have another, and the same ones the same, wherever they are built. */
function nameOfBuild(): string {
  const digest = createHash("sha256");
  const add = (path: string) => {
    if (!statSync(path).isDirectory()) return void digest.update(`${path}\n`).update(readFileSync(path));
    for (const name of readdirSync(path).sort()) if (name !== "client") add(join(path, name));
  };
  for (const path of MADE_OF) add(path);
  return digest.digest("hex").slice(0, 16);
}

const build = nameOfBuild();

const config: NextConfig = {
  output: "export",
  reactStrictMode: true,
  poweredByHeader: false,
  generateBuildId: async () => build,
  env: { STUDIO_BUILD: build },
};

export default config;
