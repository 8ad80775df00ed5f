import type { Metadata } from "next";
import { admin } from "@/words/admin";
import { Admin } from "./admin";

export const metadata: Metadata = { title: admin.title };

export default function Page() {
  return <Admin />;
}
