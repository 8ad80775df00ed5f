import type { Metadata } from "next";
import { words } from "@/words";
import { Dashboard } from "./dashboard";

export const metadata: Metadata = { title: words.dashboard.title };

export default function Page() {
  return <Dashboard />;
}
