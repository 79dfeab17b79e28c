import type { Principal } from "#core/account/model.ts";
import type { Config } from "../config.ts";
import type { FunctionsContext } from "../context.ts";

/** What a request carries on its way through the app. */
export type HttpEnv = {
  Bindings: { readonly event?: { readonly requestContext?: { readonly http?: { readonly sourceIp?: string } } } };
  Variables: {
    requestId: string;
    /** At most `bodyBytesMax`. */
    body: Uint8Array;
    address: string | null;
    principal: Principal;
  };
};

export type HttpContext = Pick<
  FunctionsContext,
  | "clock"
  | "entropy"
  | "log"
  | "metrics"
  | "tracing"
  | "metricsText"
  | "auth"
  | "players"
  | "worldVerbs"
  | "interviewVerbs"
  | "worlds"
  | "placements"
  | "connections"
  | "limits"
  | "tickets"
  | "checks"
  | "bus"
  | "sessions"
  | "audit"
  | "oversight"
>;
export type HttpConfig = Pick<
  Config,
  "publicOrigin" | "allowedOrigins" | "writesPerUser" | "ticketsPerUser" | "trustedProxyHops" | "originSecret"
>;
