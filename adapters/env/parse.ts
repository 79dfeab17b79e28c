import * as z from "zod";

export type Env = Readonly<Record<string, string | undefined>>;

/** "VARIABLE: what is wrong and what to do", fit to be the last line before an exit. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Empty strings count as unset. Throws a `ConfigError` of one line for the first variable that is wrong. */
export function parseEnv<Output>(variables: z.ZodType<Output>, env: Env): Output {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = variables.safeParse(set);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new ConfigError(`${issue.path.join(".")}: ${issue.message}`);
}

export function whole(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\s*\d{1,15}\s*$/, message)
    .transform(Number)
    .pipe(z.int(message).min(min, message).max(max, message));
}

export const yesOrNo = z
  .enum(["true", "false", "1", "0"], "must be true or false")
  .transform((text) => text === "true" || text === "1");

export const logLevel = z.enum(
  ["debug", "info", "warn", "error", "silent"],
  "must be one of debug, info, warn, error, silent",
);

/** What stands between commas, without the empty parts. */
export const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);
