import { linkedSecrets } from "#adapters/env/linked-secrets.ts";
import { pinoLog } from "#adapters/log.ts";
import { type Config, configFromEnv, readEnv } from "../config.ts";
import type { FunctionsContext } from "../context.ts";
import { createFunctionsContext } from "../create-context.ts";
import { thawing } from "./thawing.ts";

export type OpenFunctions = {
  readonly ctx: FunctionsContext;
  readonly config: Config;
  /** A handler as Lambda may call it after any time. */
  readonly awake: <Args extends unknown[], Result>(
    handle: (...args: Args) => Result | Promise<Result>,
  ) => (...args: Args) => Promise<Result>;
};

/** What a function stands on, opened once for each environment of Lambda, while it starts. */
export async function openFunctions(): Promise<OpenFunctions> {
  const config = configFromEnv({ ...readEnv(), ...linkedSecrets() });
  const log = pinoLog({ level: config.logLevel, fd: 1 });
  const { ctx, renew } = await createFunctionsContext(config, log);
  // The first event comes as soon as this has resolved, and nothing has connected yet.
  await renew();
  return { ctx, config, awake: (handle) => thawing(handle, { clock: ctx.clock, renew }) };
}
