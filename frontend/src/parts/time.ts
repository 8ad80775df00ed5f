const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** A day, as short as it is told apart. */
export function day(at: string): string {
  return DAY.format(new Date(at));
}

/** A length as people say it: `0:24`, `1:02:07`. */
export function length(seconds: number): string {
  const all = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A size as people say it: `4.7 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
