import { Hono } from "hono";
import { type LoginResponse, loginRequest, registerRequest } from "#core/protocol/account.ts";
import { authenticated, sourceAddress } from "../auth.ts";
import { jsonBody } from "../body.ts";
import { clearAuthCookie, setAuthCookie } from "../cookie.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { meResponse, userResponse } from "../present.ts";
import { refuseCrossSite } from "../same-site.ts";

export function authRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.post("/register", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const account = await ctx.auth.register({ ...jsonBody(c, registerRequest), address: sourceAddress(c) });
    return c.json(userResponse(account), 201);
  });

  app.post("/login", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const { token, expiresInS, account } = await ctx.auth.login({
      ...jsonBody(c, loginRequest),
      address: sourceAddress(c),
    });
    setAuthCookie(c, config.publicOrigin, token, expiresInS);
    return c.json<LoginResponse>({ token, expires_in: expiresInS, user: userResponse(account) });
  });

  app.get("/me", auth, async (c) => c.json(meResponse(await ctx.auth.me(c.get("principal")))));

  app.post("/logout", auth, async (c) => {
    await ctx.auth.logout(c.get("principal"));
    clearAuthCookie(c, config.publicOrigin);
    return c.json({ message: "You are logged out." });
  });

  return app;
}
