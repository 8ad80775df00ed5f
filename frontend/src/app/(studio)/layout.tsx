import type { ReactNode } from "react";
import { Providers } from "@/parts/providers";

export default function Layout({ children }: { children: ReactNode }) {
  return <Providers>{children}</Providers>;
}
