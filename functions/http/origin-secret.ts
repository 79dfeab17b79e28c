import { createHash, timingSafeEqual } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { AppError } from "#core/lib/errors.ts";
import type { Config } from "../config.ts";
import type { HttpEnv } from "./env.ts";

export const originSecretHeader = "x-origin-secret";

/** The gateways have public addresses of their own. Who goes there could say of himself what only our router may say of others. */
export function onlyThroughTheRouter(config: Pick<Config, "originSecret" | "publicOrigin">) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    refusePastTheRouter(config, c.req.header(originSecretHeader));
    await next();
  });
}

export function refusePastTheRouter(
  { originSecret, publicOrigin }: Pick<Config, "originSecret" | "publicOrigin">,
  given: string | undefined,
): void {
  if (originSecret === null || (given !== undefined && isEqual(given, originSecret))) return;
  throw new AppError("FORBIDDEN", `This address is not for the public. Come through ${publicOrigin}.`);
}

const isEqual = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
