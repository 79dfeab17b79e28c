import { once } from "node:events";
import { createServer } from "node:http";
import type { Server, ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "#core/lib/errors.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { directClients } from "./direct-clients.ts";
import type { HttpHandler, WebSocketHandlers } from "./handlers.ts";
import { httpFront, type Site } from "./http.ts";
import { defaultLimits } from "./limits.ts";
import type { GatewayLimits } from "./limits.ts";
import { managementEndpoint } from "./management.ts";
import { sockets as startSockets } from "./sockets.ts";

export type GatewayOptions = {
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  readonly http: HttpHandler;
  /** What is in front of all that. */
  readonly site?: Site;
  readonly ws: WebSocketHandlers;
  readonly webSocketPath: string;
  readonly managementPath?: string;
  readonly managementPort?: number;
  /** Only this machine unless it is said: who can reach that endpoint can speak to every player. */
  readonly managementHost?: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<GatewayLimits>;
  /** How long after a socket's message its invocation begins: on AWS each has its own delay, and they overtake each other. Without it, at once. */
  readonly messageDelayMs?: () => number;
  /** Stops it when aborted, as disposing of it does. */
  readonly signal?: AbortSignal;
};

export type Gateway = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  /** For the SDK's client, without "/@connections". */
  readonly managementEndpoint: string;
  readonly clients: Clients;
  openSockets(): number;
};

/** Stands in for Amazon API Gateway, an HTTP API and a WebSocket API on one port, before functions in this process. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const managementHost = options.managementHost ?? "127.0.0.1";
  const http = httpFront({ site: options.site ?? (() => null), handler: options.http, clock, log, limits });
  const sockets = startSockets({
    handlers: options.ws,
    webSocketPath: options.webSocketPath,
    messageDelayMs: options.messageDelayMs ?? (() => 0),
    clock,
    log,
    limits,
  });
  const managementPath = options.managementPath ?? "/@connections";

  const publicServer = createServer(serverOptions(limits), http.handle);
  // A client that has sent all it had to say still gets its answer. Node knows this property and does not document it.
  Object.assign(publicServer, { httpAllowHalfOpen: true });
  publicServer.on("upgrade", sockets.upgrade);
  publicServer.maxConnections = limits.connectionsMax + limits.requestsMax;
  publicServer.setTimeout(limits.inactiveMsMax);
  const managementServer = createServer(
    serverOptions(limits),
    managementEndpoint({ sockets, limits, managementPath, log }),
  );
  managementServer.keepAliveTimeout = limits.inactiveMsMax;

  options.signal?.throwIfAborted();
  await listen(publicServer, options.port, options.host);
  try {
    await listen(managementServer, options.managementPort ?? 0, managementHost);
  } catch (error) {
    publicServer.close();
    throw error;
  }
  const { port } = publicServer.address() as AddressInfo;
  const management = managementServer.address() as AddressInfo;

  const running = new AbortController();
  const sweeping = sweepWhile(running.signal, sockets.sweep, clock, limits.sweepEveryMs);
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= shutDown());
  options.signal?.addEventListener("abort", () => void stop(), { once: true });

  async function shutDown(): Promise<void> {
    running.abort();
    const publicClosed = close(publicServer);
    const patience = new AbortController();
    await Promise.race([
      Promise.all([sockets.stop(), ...http.underWay]),
      clock.sleep(limits.stopMsMax, patience.signal),
    ]);
    patience.abort();
    sockets.destroy();
    publicServer.closeAllConnections();
    // Last, since a $disconnect may still speak to other sockets.
    const managementClosed = close(managementServer);
    managementServer.closeAllConnections();
    await Promise.all([publicClosed, managementClosed, sweeping]);
  }

  return {
    port,
    url: `http://${urlHost(options.host)}:${port}`,
    managementEndpoint: `http://${urlHost(managementHost)}:${management.port}`,
    clients: directClients(sockets, clock, limits),
    openSockets: () => sockets.openCount,
    [Symbol.asyncDispose]: stop,
  };
}

function serverOptions(limits: GatewayLimits): ServerOptions {
  return {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersMsMax,
    requestTimeout: limits.requestMsMax,
    connectionsCheckingInterval: Math.min(1000, limits.headersMsMax),
    noDelay: true,
    // Other upgrades, such as curl's offer of h2c, are plain requests.
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
  };
}

async function sweepWhile(signal: AbortSignal, sweep: () => void, clock: Clock, everyMs: number): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal);
    sweep();
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    const why = code === "EADDRINUSE" ? "it is in use already" : code;
    throw new AppError("UNAVAILABLE", `Cannot listen on port ${port} of ${host}: ${why}.`, { cause: error });
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
