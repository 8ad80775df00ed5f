import { account as said } from "@/words/account";

/** What is looked for, the more particular first: others name themselves after those that follow. */
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["HeadlessChrome/", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS X", "Mac"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

/** A browser's name for itself, as people call it; a program's as it is. */
export function deviceOf(agent: string): string {
  const browser = BROWSERS.find(([mark]) => agent.includes(mark))?.[1];
  if (!browser) return agent.slice(0, 80) || said.program;
  return said.device(browser, SYSTEMS.find(([mark]) => agent.includes(mark))?.[1] ?? "");
}
