import { type Context, Hono } from "hono";
import type { SessionTokens } from "#core/account/open-session.ts";
import { AppError } from "#core/lib/errors.ts";
import { isUuid, type SessionId } from "#core/lib/ids.ts";
import {
  forgottenRequest,
  type LoginResponse,
  loginRequest,
  passwordRequest,
  type RefreshResponse,
  refreshRequest,
  registerRequest,
  resetRequest,
  type SessionsEndedResponse,
  type SessionsResponse,
  verifyEmailRequest,
} from "#core/protocol/account.ts";
import { authenticated } from "../auth.ts";
import { jsonBody } from "../body.ts";
import { sourceAddress } from "../client-address.ts";
import { clearAuthCookie, setAuthCookie } from "../cookie.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { meResponse, sessionsResponse, tokensResponse, userResponse } from "../present.ts";
import { refuseCrossSite } from "../same-site.ts";

export function authRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);
  const setCookie = (c: Context<HttpEnv>, { token, sessionExpiresInS }: SessionTokens) =>
    setAuthCookie(c, config.publicOrigin, token, sessionExpiresInS);

  app.post("/register", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const account = await ctx.auth.register({ ...jsonBody(c, registerRequest), address: sourceAddress(c) });
    return c.json(userResponse(account), 201);
  });

  app.post("/login", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const { email, password, short_lived: isShortLived } = jsonBody(c, loginRequest);
    const loggedIn = await ctx.auth.login({ email, password, isShortLived, address: sourceAddress(c) });
    setCookie(c, loggedIn);
    return c.json<LoginResponse>({ ...tokensResponse(loggedIn), user: userResponse(loggedIn.account) });
  });

  app.post("/refresh", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    const { refresh_token: refreshToken } = jsonBody(c, refreshRequest);
    const tokens = await ctx.auth.refresh({ refreshToken, address: sourceAddress(c) });
    setCookie(c, tokens);
    return c.json<RefreshResponse>(tokensResponse(tokens));
  });

  app.get("/me", auth, async (c) => c.json(meResponse(await ctx.auth.me(c.get("principal")))));

  app.post("/logout", auth, async (c) => {
    await ctx.auth.logout(c.get("principal"));
    clearAuthCookie(c, config.publicOrigin);
    return c.json({ message: "You are logged out." });
  });

  app.route("/", ownSessionRoutes(ctx, auth));
  app.route("/", mailRoutes(ctx, config, auth));
  return app;
}

/** What begins with a mail, or with asking for one. */
function mailRoutes(ctx: HttpContext, config: HttpConfig, auth: ReturnType<typeof authenticated>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.post("/email/verification", auth, async (c) => {
    await ctx.auth.requestEmailVerification(c.get("principal"));
    return c.json({ message: "A mail is on its way to you, unless your address is verified already." }, 202);
  });

  app.post("/email/verify", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    await ctx.auth.verifyEmail({ ...jsonBody(c, verifyEmailRequest), address: sourceAddress(c) });
    return c.json({ message: "Your e-mail address is verified." });
  });

  app.post("/password/forgotten", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    await ctx.auth.requestPasswordReset({ ...jsonBody(c, forgottenRequest), address: sourceAddress(c) });
    return c.json({ message: "If that address has an account, a mail is on its way to it." }, 202);
  });

  app.post("/password/reset", async (c) => {
    refuseCrossSite(c, config.allowedOrigins);
    await ctx.auth.resetPassword({ ...jsonBody(c, resetRequest), address: sourceAddress(c) });
    return c.json({ message: "Your password is changed. Log in with the new one." });
  });

  return app;
}

function ownSessionRoutes(ctx: HttpContext, auth: ReturnType<typeof authenticated>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const ended = (count: number): SessionsEndedResponse => ({
    message: count === 1 ? "One other session has ended." : `${count} other sessions have ended.`,
    sessions_ended: count,
  });

  app.get("/sessions", auth, async (c) => {
    const principal = c.get("principal");
    return c.json<SessionsResponse>(sessionsResponse(await ctx.auth.sessions(principal), principal.sessionId));
  });

  app.delete("/sessions/:id", auth, async (c) => {
    const id = c.req.param("id").toLowerCase();
    if (!isUuid(id)) throw new AppError("NOT_FOUND", "You have no such session.");
    await ctx.auth.endSession({ principal: c.get("principal"), sessionId: id as SessionId });
    return c.json({ message: "The session has ended." });
  });

  app.post("/logout-all", auth, async (c) => c.json(ended(await ctx.auth.endOtherSessions(c.get("principal")))));

  app.post("/password", auth, async (c) => {
    const change = jsonBody(c, passwordRequest);
    return c.json(ended(await ctx.auth.changePassword({ principal: c.get("principal"), ...change })));
  });

  return app;
}
