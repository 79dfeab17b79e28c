import type { Context } from "hono";
import { AppError } from "#core/lib/errors.ts";
import { isUuid } from "#core/lib/ids.ts";
import type { HttpContext, HttpEnv } from "./env.ts";

/** Whoever is in doubt whether a request came through sends it again under the same key, and it is done once. */
export function requestIdOf(ctx: Pick<HttpContext, "entropy">, c: Context<HttpEnv>): string {
  const key = c.req.header("idempotency-key")?.toLowerCase();
  if (key === undefined) return ctx.entropy.uuid();
  if (!isUuid(key)) throw new AppError("INVALID_INPUT", "An Idempotency-Key is a UUID.");
  return key;
}
