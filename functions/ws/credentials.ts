import { parse } from "hono/utils/cookie";
import { AppError } from "#core/lib/errors.ts";
import { subprotocolV1 } from "#core/protocol/frames-out.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";
import type { Config } from "../config.ts";
import { authCookieName } from "../http/cookie.ts";
import type { ConnectEvent } from "./events.ts";

export type SocketConfig = Pick<
  Config,
  "publicOrigin" | "allowedOrigins" | "allowQueryToken" | "commandsPerConnection"
>;

/** A page of another site may open a socket with the player's cookie: browsers always say which page it was. */
export function refuseForeignOrigin(event: ConnectEvent, { allowedOrigins }: SocketConfig): void {
  const origin = header(event, "origin");
  if (origin !== undefined && !allowedOrigins.includes(origin)) {
    throw new AppError("FORBIDDEN", "Sockets are not opened for this origin.");
  }
}

/** A header first, then the cookie; the address only where it is allowed, since it ends up in logs. */
export function tokenOf(event: ConnectEvent, config: SocketConfig): string {
  const bearer = /^Bearer +(\S+) *$/iu.exec(header(event, "authorization") ?? "")?.[1];
  const name = authCookieName(config.publicOrigin);
  const cookie = parse(header(event, "cookie") ?? "", name)[name];
  const query = config.allowQueryToken ? event.queryStringParameters?.["token"] : undefined;
  const token = bearer ?? cookie ?? query ?? "";
  if (token === "") throw new AppError("UNAUTHORIZED", "Log in first.");
  return token;
}

export function protocolOf(event: ConnectEvent): WireProtocol {
  const offered = (header(event, "sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
  return offered.includes(subprotocolV1) ? "v1" : "legacy";
}

function header(event: ConnectEvent, name: string): string | undefined {
  const entry = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return entry?.[1];
}
