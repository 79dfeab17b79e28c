import type { ModelOutcome } from "#core/ports/models.ts";
import type { ModelFailure, TokenCounts } from "#core/protocol/llm.ts";

/** Why a request was given up from here: the reason its signal was aborted with. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
  readonly reason: "timed-out" | "stalled" | "overlong";

  constructor(reason: GivenUp["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

/** Whatever the client throws, as one of the ways in which a model fails. */
export function failureOf(
  error: unknown,
  signal: AbortSignal,
  tokens: TokenCounts,
): ModelOutcome & { status: "failed" } {
  const [reason, isHostFault] = reasonOf(error, signal);
  return { status: "failed", reason, isHostFault, tokens };
}

function reasonOf(error: unknown, signal: AbortSignal): [ModelFailure, boolean] {
  if (signal.aborted) {
    const { reason } = signal as { reason: unknown };
    if (!(reason instanceof GivenUp)) return ["cancelled", false];
    return [reason.reason, reason.reason !== "overlong"];
  }
  const status = (error as { status_code?: unknown } | null)?.status_code;
  if (status === 404) return ["no-model", false];
  // A request that the host finds wrong would be wrong elsewhere, too.
  if (typeof status === "number") return ["upstream-error", status >= 500];
  if (error instanceof Error && error.message.startsWith("Did not receive done")) return ["truncated", true];
  return ["upstream-error", true];
}
