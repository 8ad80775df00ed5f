import { defineConfig } from "@hey-api/openapi-ts";

// The client is made of the committed description at every build, and is not committed: it cannot drift, and what no
// longer fits it fails the type check.
export default defineConfig({
  input: "../docs/openapi.json",
  output: "src/client",
  // Events are read by the browser itself, which takes them up again where they broke off.
  parser: { filters: { operations: { exclude: ["GET /api/v1/jobs/{job_id}/events"] } } },
  plugins: [
    { name: "@hey-api/client-fetch", runtimeConfigPath: "../session.ts" },
    "@hey-api/typescript",
    "@hey-api/sdk",
    "@tanstack/react-query",
  ],
});
