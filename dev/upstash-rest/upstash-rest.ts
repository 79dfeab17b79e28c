import { createHash, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import { readBody } from "../gateway/read-body.ts";
import { manyCommands, oneCommand, refusalOf, type Result, resultOf } from "./commands.ts";
import { defaultLinkLimits, type LinkLimits, type RedisAddress, type RedisLink, redisLink } from "./redis-link.ts";

export type RestLimits = LinkLimits & {
  /** Upstash's own bound on a request. */
  readonly bodyBytesMax: number;
  readonly commandsMax: number;
  /** Requests under way; beyond it 503. */
  readonly requestsMax: number;
  readonly requestMsMax: number;
  /** How long a stop waits for requests under way. */
  readonly stopMsMax: number;
};

export const defaultRestLimits: RestLimits = {
  ...defaultLinkLimits,
  bodyBytesMax: 10 * 1024 * 1024,
  commandsMax: 1000,
  requestsMax: 1000,
  requestMsMax: 10_000,
  stopMsMax: 2000,
};

export type UpstashRestOptions = {
  readonly redis: RedisAddress;
  /** What clients must send as `Authorization: Bearer …`. */
  readonly token: string;
  readonly log: Log;
  /** 0, the default, for one that is free. */
  readonly port?: number;
  /** Only this machine unless it is said: who can reach it and knows the token can do everything to that Redis. */
  readonly host?: string;
  readonly limits?: Partial<RestLimits>;
};

export type UpstashRest = AsyncDisposable & { readonly url: string };

/** Upstash's REST API before a plain Redis of this machine: `POST /`, `/pipeline`, `/multi-exec`. Redis may come later, and go. */
export async function startUpstashRest(options: UpstashRestOptions): Promise<UpstashRest> {
  const limits = { ...defaultRestLimits, ...options.limits };
  const { host = "127.0.0.1" } = options;
  const link = redisLink(options.redis, options.log, limits);
  const isToken = tokenCheck(options.token);
  const underWay = new Set<Promise<void>>();

  const server = createServer({ requestTimeout: limits.requestMsMax, noDelay: true }, (request, response) => {
    if (underWay.size >= limits.requestsMax) return send(response, refusal(503, "ERR too many requests at once"));
    const work = answer({ link, limits, isToken }, request)
      .catch((error: unknown) => {
        options.log.error({ error }, "the REST endpoint failed");
        return refusal(500, "ERR internal error");
      })
      .then((given) => send(response, given))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  });
  server.listen(options.port ?? 0, host);
  await once(server, "listening");

  let stopped: Promise<void> | null = null;
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, limits.stopMsMax)));
    await Promise.race([Promise.all(underWay), patience]);
    clearTimeout(timer);
    link[Symbol.dispose]();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => (stopped ??= stop()),
  };
}

type Context = { readonly link: RedisLink; readonly limits: RestLimits; readonly isToken: (token: string) => boolean };
type Answer = { readonly status: number; readonly body: unknown };

async function answer({ link, limits, isToken }: Context, request: IncomingMessage): Promise<Answer> {
  if (!isToken(/^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? ""))
    return refusal(401, "WRONGPASS invalid or missing auth token");
  if (request.method !== "POST") return refusal(405, "ERR only POST is served here");
  const body = await readBody(request, limits.bodyBytesMax);
  if (body === "too-large") return refusal(413, `ERR max request size exceeded. Limit: ${limits.bodyBytesMax} bytes`);
  if (body === "aborted") return refusal(400, "ERR request aborted");
  const isBase64 = request.headers["upstash-encoding"] === "base64";
  try {
    switch ((request.url ?? "").split("?", 1)[0]) {
      case "/":
        return await single(link, parsed(oneCommand, body), isBase64);
      case "/pipeline":
        return await pipeline(link, bounded(parsed(manyCommands, body), limits), isBase64);
      case "/multi-exec":
        return await transaction(link, bounded(parsed(manyCommands, body), limits), isBase64);
      default:
        return refusal(404, "ERR only /, /pipeline and /multi-exec are served here");
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refusal(error.code === "INVALID_INPUT" ? 400 : 503, `ERR ${error.message}`);
  }
}

async function single(link: RedisLink, command: readonly string[], isBase64: boolean): Promise<Answer> {
  const refused = refusalOf(command);
  if (refused !== null) return refusal(400, refused);
  const [reply] = await link.send([command]);
  const body = resultOf(reply!, isBase64);
  return { status: "error" in body ? 400 : 200, body };
}

/** One after the other, not atomic; what fails does not keep the rest from running. */
async function pipeline(link: RedisLink, commands: readonly string[][], isBase64: boolean): Promise<Answer> {
  const refusals = commands.map(refusalOf);
  const allowed = commands.filter((_, i) => refusals[i] === null);
  const replies = allowed.length === 0 ? [] : await link.send(allowed);
  let next = 0;
  const body = refusals.map((error): Result => (error === null ? resultOf(replies[next++]!, isBase64) : { error }));
  return { status: 200, body };
}

async function transaction(link: RedisLink, commands: readonly string[][], isBase64: boolean): Promise<Answer> {
  const refused = commands.map(refusalOf).find((text) => text !== null);
  if (refused !== undefined) return refusal(400, refused);
  const replies = await link.send([["MULTI"], ...commands, ["EXEC"]]);
  const ran = replies.at(-1)!;
  if (ran.kind === "array") return { status: 200, body: ran.items.map((item) => resultOf(item, isBase64)) };
  const why = replies.find(({ kind }) => kind === "error");
  return refusal(400, why?.kind === "error" ? why.text : "EXECABORT Transaction discarded");
}

function parsed<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, body: Buffer): T {
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch {
    throw new AppError("INVALID_INPUT", "failed to parse the request: not JSON");
  }
  const { success, data } = schema.safeParse(json);
  if (!success) throw new AppError("INVALID_INPUT", "failed to parse the request: not a command");
  return data as T;
}

function bounded(commands: string[][], { commandsMax }: RestLimits): string[][] {
  if (commands.length > commandsMax) throw new AppError("INVALID_INPUT", `more than ${commandsMax} commands at once`);
  return commands;
}

function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  // Whoever is cut off in the middle of a body is not read any further.
  if (status === 413) response.setHeader("connection", "close");
  response.setHeader("content-length", Buffer.byteLength(text));
  response.setHeader("content-type", "application/json");
  response.writeHead(status).end(text);
}

function tokenCheck(token: string): (given: string) => boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(token);
  return (given) => timingSafeEqual(digest(given), expected);
}
