import type { Metadata } from "next";
import { words } from "@/words";
import { Film } from "./film";

export const metadata: Metadata = { title: words.job.watch };

/** One file for all films: whoever serves it answers every `/projects/<id>/jobs/<jobId>` with it. */
export function generateStaticParams() {
  return [{ id: "_", jobId: "_" }];
}

export default function Page() {
  return <Film />;
}
