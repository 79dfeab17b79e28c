import type { Hono } from "hono";
import { inlineAuth } from "#core/account/service.ts";
import { functionContext, someone } from "./function-context.ts";
import type { Env } from "#adapters/env/parse.ts";
import { configFromEnv } from "#functions/config.ts";
import { createApp } from "#functions/http/app.ts";
import type { HttpEnv } from "#functions/http/env.ts";

/** The app over memory, and Ann, who is logged in and sends `headers`. */
export async function httpApp(env: Env = {}) {
  const base = functionContext();
  const config = configFromEnv(env);
  const app = createApp({ ...base.ctx, auth: inlineAuth({ ...base.ctx, accountPolicy: config.accounts }) }, config);
  const { token, ...principal } = await someone(base, "Ann");
  return { ...base, app, config, principal, token, headers: { authorization: `Bearer ${token}` } };
}

type Options = {
  readonly headers?: Record<string, string>;
  /** A string goes as it is. */
  readonly body?: unknown;
  readonly address?: string;
};

/** A request with a JSON body, from an address. */
export async function request(
  app: Hono<HttpEnv>,
  method: string,
  path: string,
  options: Options = {},
): Promise<Response> {
  const { headers, body, address } = options;
  const init = {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
  const env = address === undefined ? {} : { event: { requestContext: { http: { sourceIp: address } } } };
  return app.request(path, init, env);
}
