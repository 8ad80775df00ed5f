import type { Metadata } from "next";
import { words } from "@/words";
import { Verify } from "./verify";

export const metadata: Metadata = { title: words.login.verify };

export default function Page() {
  return <Verify />;
}
