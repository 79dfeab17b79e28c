import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { manualClock } from "#adapters/memory/clock.ts";
import type { ManualClock } from "#adapters/memory/clock.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import type { Log } from "#core/ports/system.ts";
import { startGateway } from "#dev/gateway/gateway.ts";
import type { Gateway, GatewayOptions } from "#dev/gateway/gateway.ts";
import type { ConnectEvent, DisconnectEvent, MessageEvent } from "#dev/gateway/handlers.ts";
import { wsClient } from "./ws-client.ts";
import type { WsClient } from "./ws-client.ts";

export const webSocketPath = "/api/game/ws";
/** When the rig's clock stands still. */
export const rigStartMs = Date.UTC(2030, 2, 12, 19, 3, 58);

type Result = Promise<APIGatewayProxyResultV2>;

export type GatewayRig = AsyncDisposable & {
  readonly gateway: Gateway;
  readonly clock: ManualClock;
  readonly requests: APIGatewayProxyEventV2[];
  readonly connects: ConnectEvent[];
  readonly messages: MessageEvent[];
  readonly disconnects: DisconnectEvent[];
  /** Level and message of every line. */
  readonly logged: string[];
  /** What the functions do, to be replaced. Each first records its event. */
  readonly on: {
    http: (event: APIGatewayProxyEventV2) => Result;
    connect: (event: ConnectEvent) => Result;
    message: (event: MessageEvent) => Result;
    disconnect: (event: DisconnectEvent) => Result;
  };
  /** Resolves once so many of the kind were recorded. */
  seen(kind: "requests" | "connects" | "messages" | "disconnects", count: number): Promise<void>;
  connect(options?: Parameters<typeof wsClient>[1] & { query?: string }): Promise<WsClient & { id: ConnectionId }>;
};

/** The gateway before functions that record what they are given. */
export async function gatewayRig(options: Partial<GatewayOptions> = {}): Promise<GatewayRig> {
  const clock = manualClock(rigStartMs);
  const records = {
    requests: [] as APIGatewayProxyEventV2[],
    connects: [] as ConnectEvent[],
    messages: [] as MessageEvent[],
    disconnects: [] as DisconnectEvent[],
  };
  const waits: (() => void)[] = [];
  const record = <Event>(list: Event[], event: Event) => {
    list.push(event);
    for (const check of waits) check();
  };
  const ok = async () => ({ statusCode: 200 });
  const on: GatewayRig["on"] = { http: ok, connect: ok, message: ok, disconnect: ok };
  const logged: string[] = [];
  const gateway = await startGateway({
    host: "127.0.0.1",
    port: 0,
    webSocketPath,
    clock,
    log: recordingLog(logged),
    http: (event) => (record(records.requests, event), on.http(event)),
    ws: {
      connect: (event) => (record(records.connects, event), on.connect(event)),
      default: (event) => (record(records.messages, event), on.message(event)),
      disconnect: (event) => (record(records.disconnects, event), on.disconnect(event)),
    },
    ...options,
  });

  let socketsAsked = 0;
  return {
    gateway,
    clock,
    ...records,
    logged,
    on,
    seen: (kind, count) =>
      new Promise((resolve) => {
        const check = () => void (records[kind].length >= count && resolve());
        waits.push(check);
        check();
      }),
    async connect({ query = "", ...clientOptions } = {}) {
      const tag = String(++socketsAsked);
      const headers = { "x-rig-tag": tag, ...clientOptions.headers };
      const client = await wsClient(`${gateway.url}${webSocketPath}${query}`, { ...clientOptions, headers });
      const event = records.connects.find(({ headers: sent }) => sent["x-rig-tag"] === tag)!;
      return Object.assign(client, { id: event.requestContext.connectionId as ConnectionId });
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

function recordingLog(lines: string[]): Log {
  const at = (level: string) => (_fields: object, message: string) => void lines.push(`${level}: ${message}`);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
