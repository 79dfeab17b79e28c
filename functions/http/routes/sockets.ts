import { Hono } from "hono";
import { issueTicket } from "#core/account/issue-ticket.ts";
import { ticketLifeMs } from "#core/ports/sessions.ts";
import type { TicketResponse } from "#core/protocol/ticket.ts";
import { authenticated } from "../auth.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";

export function socketRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.post("/ws-ticket", authenticated(ctx, config), async (c) => {
    const origin = c.req.header("origin") ?? null;
    const ticket = await issueTicket(ctx, { principal: c.get("principal"), origin, limit: config.ticketsPerUser });
    return c.json<TicketResponse>({ ticket, expires_in: ticketLifeMs / 1000 }, 201);
  });

  return app;
}
