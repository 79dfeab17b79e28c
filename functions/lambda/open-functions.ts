import { linkedSecrets } from "#adapters/env/linked-secrets.ts";
import { pinoLog } from "#adapters/log.ts";
import { type Config, configFromEnv, readEnv } from "../config.ts";
import type { FunctionsContext } from "../context.ts";
import { createFunctionsContext } from "../create-context.ts";

/** What a function stands on, opened once for each environment of Lambda, while it starts. */
export async function openFunctions(): Promise<{ ctx: FunctionsContext; config: Config }> {
  const config = configFromEnv({ ...readEnv(), ...linkedSecrets() });
  const log = pinoLog({ level: config.logLevel, fd: 1 });
  const { ctx } = await createFunctionsContext(config, log);
  return { ctx, config };
}
