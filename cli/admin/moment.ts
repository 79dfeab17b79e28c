import { UsageError } from "../run.ts";

/** Milliseconds since 1970 of a time as somebody types it. */
export function momentOf(option: string, text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError(`${option} must be a time such as 2030-01-31T12:00:00Z.`);
  return ms;
}
