import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { withinLimit } from "#core/account/within-limit.ts";
import { AppError } from "#core/lib/errors.ts";
import { authCookie } from "./cookie.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "./env.ts";
import { refuseCrossSite } from "./same-site.ts";

const reads = new Set(["GET", "HEAD", "OPTIONS"]);

/** Lets through who has a living session, and sets `principal`. A request that writes is counted against its user. */
export function authenticated(ctx: HttpContext, config: HttpConfig) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const bearer = bearerToken(c);
    const writes = !reads.has(c.req.method);
    if (bearer === null && writes) refuseCrossSite(c, config.allowedOrigins);

    const token = bearer ?? authCookie(c, config.publicOrigin) ?? "";
    if (token === "") throw new AppError("UNAUTHORIZED", "Log in first.");
    const principal = await ctx.auth.validate(token);
    if (writes) await withinLimit(ctx, config.writesPerUser, principal.userId);
    c.set("principal", principal);
    await next();
  });
}

function bearerToken(c: Context): string | null {
  return /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}
