import type { Metadata } from "next";
import { words } from "@/words";
import { Login } from "./login";

export const metadata: Metadata = { title: words.login.enter };

export default function Page() {
  return <Login />;
}
