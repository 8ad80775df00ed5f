import type { Metadata } from "next";
import { credits } from "@/words/credits";
import { Credits } from "./credits";

export const metadata: Metadata = { title: credits.title };

export default function Page() {
  return <Credits />;
}
