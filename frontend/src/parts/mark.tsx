import { words } from "@/words";

/** The name of the house, as it stands on every page. */
export function Mark({ href }: { href: string }) {
  return (
    <a href={href} className="display flex items-baseline gap-2 text-[1.3rem] sm:text-[1.45rem] whitespace-nowrap text-ink no-underline">
      <svg aria-hidden="true" viewBox="0 0 26 16" className="h-[0.72em] self-center text-lamp" fill="currentColor">
        <path d="M3 8 26 0v16z" opacity=".55" />
        <circle cx="4" cy="8" r="4" />
      </svg>
      {words.name}
    </a>
  );
}
