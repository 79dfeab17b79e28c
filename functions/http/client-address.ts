import { isIP } from "node:net";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { HttpConfig, HttpEnv } from "./env.ts";

/** Where the request came from; null where nobody knows. */
export function sourceAddress(c: Context<HttpEnv>): string | null {
  return c.get("address");
}

export function knowAddress({ trustedProxyHops }: Pick<HttpConfig, "trustedProxyHops">) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const seen = c.env?.event?.requestContext?.http?.sourceIp ?? null;
    c.set("address", forwardedAddress(c.req.header("x-forwarded-for") ?? "", trustedProxyHops) ?? seen);
    await next();
  });
}

/**
 * Each proxy adds, at the right, the address that it saw. What the outermost trusted one saw is true; whatever stands left of it anybody may
 * have written. null where it is no address: then the request did not come through all of them.
 */
function forwardedAddress(forwardedFor: string, hops: number): string | null {
  if (hops === 0) return null;
  const address = forwardedFor.split(",").at(-hops)?.trim() ?? "";
  return isIP(address) === 0 ? null : address;
}
