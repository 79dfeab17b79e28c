import { AppError } from "#core/lib/errors.ts";
import { aiWaiting, type LlmRequest } from "#core/protocol/llm.ts";
import type { GatewayContext } from "./context.ts";

const askMsMax = 1_500;

/** Whether somebody still waits. Where that cannot be known, somebody does. */
export async function isWaitedFor(ctx: GatewayContext, { id, caller }: LlmRequest): Promise<boolean> {
  if (caller === undefined) return true;
  const wanted = await stillWanted(ctx, caller, [id]);
  return wanted === "unknown" || (wanted !== "nobody" && wanted.has(id));
}

/** Those of the ids that somebody waits for, in the process that asked. */
export async function stillWanted(
  { bus, log }: GatewayContext,
  caller: string,
  ids: readonly string[],
): Promise<ReadonlySet<string> | "nobody" | "unknown"> {
  try {
    const answer = await bus.request(aiWaiting(caller), { ids: [...ids] }, { timeoutMs: askMsMax });
    return new Set(answer.ids);
  } catch (error) {
    if (error instanceof AppError && error.code === "UNAVAILABLE") return "nobody";
    if (!(error instanceof AppError)) log.error({ error }, "a caller could not be asked");
    return "unknown";
  }
}
