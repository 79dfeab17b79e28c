import { Hono } from "hono";
import { type AccountExportResponse, accountExportQuery } from "#core/protocol/account-export.ts";
import { deleteAccountRequest } from "#core/protocol/account.ts";
import { authenticated } from "../auth.ts";
import { checked, jsonBody } from "../body.ts";
import { clearAuthCookie } from "../cookie.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { accountExportResponse } from "../present.ts";

export function accountRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.get("/export", auth, async (c) => {
    const { after = null } = checked(accountExportQuery, c.req.query());
    const principal = c.get("principal");
    const page = await ctx.auth.exportAccount({ principal, after });
    return c.json<AccountExportResponse>(accountExportResponse(page, principal.sessionId));
  });

  app.delete("/", auth, async (c) => {
    await ctx.auth.deleteAccount({ principal: c.get("principal"), ...jsonBody(c, deleteAccountRequest) });
    clearAuthCookie(c, config.publicOrigin);
    return c.json({ message: "Your account is deleted." });
  });

  return app;
}
