import type { Metadata } from "next";
import { words } from "@/words";
import { Reset } from "./reset";

export const metadata: Metadata = { title: words.login.newPassword };

export default function Page() {
  return <Reset />;
}
