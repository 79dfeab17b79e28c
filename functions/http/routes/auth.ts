import { Hono } from "hono";
import { getMe } from "#core/account/get-me.ts";
import { login } from "#core/account/login.ts";
import { logout } from "#core/account/logout.ts";
import { register } from "#core/account/register.ts";
import { type LoginResponse, loginRequest, registerRequest } from "#core/protocol/account.ts";
import { authenticated, sourceAddress } from "../auth.ts";
import { jsonBody } from "../body.ts";
import { clearAuthCookie, setAuthCookie } from "../cookie.ts";
import type { HttpConfig, HttpEnv, Serving } from "../env.ts";
import { meResponse, userResponse } from "../present.ts";
import { refuseCrossSite } from "../same-site.ts";

export function authRoutes(ctx: Serving, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.post("/register", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const account = await register(ctx, { ...jsonBody(c, registerRequest), address: sourceAddress(c) });
    return c.json(userResponse(account), 201);
  });

  app.post("/login", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const { token, expiresInS, account } = await login(ctx, {
      ...jsonBody(c, loginRequest),
      address: sourceAddress(c),
    });
    setAuthCookie(c, config.publicOrigin, token, expiresInS);
    return c.json<LoginResponse>({ token, expires_in: expiresInS, user: userResponse(account) });
  });

  app.get("/me", auth, async (c) => c.json(meResponse(await getMe(ctx, c.get("principal")))));

  app.post("/logout", auth, async (c) => {
    await logout(ctx, c.get("principal"));
    clearAuthCookie(c, config.publicOrigin);
    return c.json({ message: "You are logged out." });
  });

  return app;
}
