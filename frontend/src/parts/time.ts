const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const DATE = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const MOMENT = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

/** A day, as short as it is told apart. */
export function day(at: string): string {
  return DAY.format(new Date(at));
}

/** A day with its year. */
export function date(at: string): string {
  return DATE.format(new Date(at));
}

/** A day that has no time, such as `2026-12-01`: the same wherever it is read. */
export function plainDate(on: string): string {
  return DATE.format(new Date(`${on}T12:00:00`));
}

/** A day and a time. */
export function moment(at: string): string {
  return MOMENT.format(new Date(at));
}

/** A time of today. */
export function clock(at: Date): string {
  return CLOCK.format(at);
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

/** A price in a currency's smallest unit, as people write it. */
export function money(amount: number, currency: string): string {
  const form = new Intl.NumberFormat(undefined, { style: "currency", currency: currency.toUpperCase() });
  return form.format(amount / 10 ** (form.resolvedOptions().maximumFractionDigits ?? 2));
}
