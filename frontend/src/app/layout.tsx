import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { words } from "@/words";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: words.name, template: `%s · ${words.name}` },
  description: words.summary,
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#100e0c" },
    { media: "(prefers-color-scheme: light)", color: "#f4efe6" },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a
          href="#content"
          className="fixed top-2 left-2 z-50 -translate-y-20 rounded bg-lamp px-4 py-2 text-lamp-ink focus:translate-y-0"
        >
          {words.skip}
        </a>
        {children}
      </body>
    </html>
  );
}
