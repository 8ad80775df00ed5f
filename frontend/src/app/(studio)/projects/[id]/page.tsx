import type { Metadata } from "next";
import { words } from "@/words";
import { Project } from "./project";

export const metadata: Metadata = { title: words.project.script };

/** One file for all projects: whoever serves it answers every `/projects/<id>` with it. */
export function generateStaticParams() {
  return [{ id: "_" }];
}

export default function Page() {
  return <Project />;
}
