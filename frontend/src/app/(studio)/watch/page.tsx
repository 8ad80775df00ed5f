import type { Metadata } from "next";
import { watch } from "@/words/watch";
import { Watch } from "./watch";

export const metadata: Metadata = { title: watch.title, robots: { index: false, follow: false } };

export default function Page() {
  return <Watch />;
}
