import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import type { HttpConfig, HttpContext } from "./env.ts";

/** The app as API Gateway's HTTP API calls it. */
export function createHandler(ctx: HttpContext, config: HttpConfig): ReturnType<typeof handle> {
  const answer = handle(createApp(ctx, config));
  return (event, context) => answer(isRead(event) ? { ...event, body: null } : event, context);
}

/** A body where none belongs is read by nobody, and no `Request` can be made with it. */
function isRead(event: Parameters<ReturnType<typeof handle>>[0]): boolean {
  return "http" in event.requestContext && ["GET", "HEAD"].includes(event.requestContext.http.method);
}
