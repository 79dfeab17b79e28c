import type { Context } from "hono";
import { AppError } from "#core/lib/errors.ts";
import { isUuid, type WorldId } from "#core/lib/ids.ts";
import type { HttpEnv } from "./env.ts";

/** The world of the path. What is no id is none either. */
export function worldIdOf(c: Context<HttpEnv>): WorldId {
  const id = (c.req.param("id") ?? "").toLowerCase();
  if (!isUuid(id)) throw new AppError("NOT_FOUND", "There is no such world.");
  return id as WorldId;
}
