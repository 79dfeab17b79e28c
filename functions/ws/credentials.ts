import { parse } from "hono/utils/cookie";
import { AppError } from "#core/lib/errors.ts";
import { subprotocolV1 } from "#core/protocol/frames-out.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";
import type { Config } from "../config.ts";
import { authCookieName } from "../http/cookie.ts";
import { originSecretHeader, refusePastTheRouter } from "../http/origin-secret.ts";
import type { ConnectEvent } from "./events.ts";

export type SocketConfig = Pick<
  Config,
  "publicOrigin" | "allowedOrigins" | "originSecret" | "allowQueryToken" | "commandsPerConnection" | "commandSettleMs"
>;

export type Credential =
  | { readonly kind: "ticket"; readonly ticket: string }
  | { readonly kind: "token"; readonly token: string };

const ticketProtocolPrefix = "ticket.";

/** See functions/http/origin-secret.ts. */
export function refusePastRouter(event: ConnectEvent, config: SocketConfig): void {
  refusePastTheRouter(config, header(event, originSecretHeader));
}

/** A page of another site may open a socket with the player's cookie: browsers always say which page it was. */
export function refuseForeignOrigin(event: ConnectEvent, { allowedOrigins }: SocketConfig): void {
  const origin = originOf(event);
  if (origin !== null && !allowedOrigins.includes(origin)) {
    throw new AppError("FORBIDDEN", "Sockets are not opened for this origin.");
  }
}

/** null for what is no browser. */
export function originOf(event: ConnectEvent): string | null {
  return header(event, "origin") ?? null;
}

/** Who brings a ticket means it, also an empty one. Then a header, then the cookie; a token in the address only where that is allowed. */
export function credentialOf(event: ConnectEvent, config: SocketConfig): Credential {
  const ticket = event.queryStringParameters?.["ticket"] ?? offeredTicket(event);
  return ticket === undefined ? { kind: "token", token: tokenOf(event, config) } : { kind: "ticket", ticket };
}

/** Browsers can set no header of a handshake but this one, and unlike the address it is in no log. */
function offeredTicket(event: ConnectEvent): string | undefined {
  const offer = offeredProtocols(event).find((name) => name.startsWith(ticketProtocolPrefix));
  return offer?.slice(ticketProtocolPrefix.length);
}

/** The address comes last, since it ends up in logs. */
function tokenOf(event: ConnectEvent, config: SocketConfig): string {
  const bearer = /^Bearer +(\S+) *$/iu.exec(header(event, "authorization") ?? "")?.[1];
  const name = authCookieName(config.publicOrigin);
  const cookie = parse(header(event, "cookie") ?? "", name)[name];
  const query = config.allowQueryToken ? event.queryStringParameters?.["token"] : undefined;
  const token = bearer ?? cookie ?? query ?? "";
  if (token === "") throw new AppError("UNAUTHORIZED", "Log in first.");
  return token;
}

export function protocolOf(event: ConnectEvent): WireProtocol {
  return offeredProtocols(event).includes(subprotocolV1) ? "v1" : "legacy";
}

function offeredProtocols(event: ConnectEvent): string[] {
  return (header(event, "sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
}

function header(event: ConnectEvent, name: string): string | undefined {
  const entry = Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return entry?.[1];
}
