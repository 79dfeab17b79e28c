import type { Context } from "hono";
import { AppError } from "#core/lib/errors.ts";

/**
 * Browsers say on whose behalf they write; a cookie must not be lent to another site. What sends neither header is no browser,
 * and holds the cookie because it was given the token.
 */
export function refuseCrossSite(c: Context, allowedOrigins: readonly string[]): void {
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  const isOurs =
    origin === undefined
      ? site === undefined || site === "same-origin" || site === "none"
      : allowedOrigins.includes(origin);
  if (!isOurs) throw new AppError("FORBIDDEN", "This request was sent by another site.");
}
