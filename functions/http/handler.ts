import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import type { HttpConfig, HttpContext } from "./env.ts";

/** The app as API Gateway's HTTP API calls it. */
export function createHandler(ctx: HttpContext, config: HttpConfig): ReturnType<typeof handle> {
  return handle(createApp(ctx, config));
}
