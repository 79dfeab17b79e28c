import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import type { ConnectionId } from "#core/lib/ids.ts";
import type { Clock } from "#core/ports/system.ts";
import { gatewayUnreachable } from "./ordered-posts.ts";
import type { Attempt } from "./ordered-posts.ts";
import type { Sdk } from "./sdk.ts";
import { escapeSegment, sigV4 } from "./sigv4.ts";

export type LeanPostsOptions = {
  readonly endpoint: string;
  readonly region: string;
  readonly sdk: Pick<Sdk, "post" | "credentials" | "clockOffsetMs">;
  readonly clock: Clock;
  readonly socketsMax: number;
  readonly requestMsMax: number;
  readonly connectMsMax: number;
};

type Answer = { readonly status: number; readonly errorType: string };

/**
 * PostToConnection without the SDK, at a quarter of its CPU. What the gateway refuses for a reason that is none of ours,
 * such as a signature or a clock it does not like, the SDK tries again: that frame was certainly not taken.
 * The signature is the SDK's byte for byte (sigv4.test.ts), but has never met the real AWS.
 */
export function leanPosts({ endpoint, region, sdk, clock, ...bounds }: LeanPostsOptions) {
  const url = new URL(endpoint);
  const { request, Agent } = url.protocol === "https:" ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: bounds.socketsMax });
  const target = { agent, method: "POST", hostname: bareHost(url.hostname), port: url.port };
  const directory = `${url.pathname.replace(/\/+$/u, "")}/@connections/`;
  const sign = sigV4({ region, service: "execute-api" });

  async function answerTo(id: ConnectionId, frame: string): Promise<Answer> {
    const payload = Buffer.from(frame);
    const path = directory + escapeSegment(id);
    const credentials = await sdk.credentials();
    const post = { host: url.host, path, contentType: "application/octet-stream", payload };
    const headers = sign(post, credentials, clock.nowMs() + sdk.clockOffsetMs());
    headers.push("content-length", String(payload.length));
    const first = request({ ...target, path, headers });
    try {
      return await answered(first, payload, bounds);
    } catch (error) {
      if (!wasClosedWhileIdle(first, error)) throw error;
      return answered(request({ ...target, agent: false, path, headers }), payload, bounds);
    }
  }

  return {
    async post(id: ConnectionId, frame: string): Promise<Attempt> {
      let answer: Answer;
      try {
        answer = await answerTo(id, frame);
      } catch (error) {
        throw gatewayUnreachable(error);
      }
      return attemptOf(answer) ?? sdk.post(id, frame);
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function attemptOf({ status, errorType }: Answer): Attempt | null {
  if (status === 200) return { outcome: "posted" };
  if (status === 410) return { outcome: "gone" };
  if (status === 413) return { outcome: "too-large" };
  if (status === 429 && errorType.startsWith("LimitExceededException")) return { outcome: "full" };
  // Another 429 is the account's own limit: the client is not to blame.
  if (status === 429 || status >= 500) return { outcome: "failing", cause: new Error(`${status} ${errorType}`) };
  return null;
}

type Waits = { readonly requestMsMax: number; readonly connectMsMax: number };

/** The gateway ended a kept connection just as the post set out on it: as the SDK does, say it again on a new one. */
function wasClosedWhileIdle(request: http.ClientRequest, error: unknown): boolean {
  return request.reusedSocket && error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

/** Rejects where no answer came: then the request may have arrived. */
function answered(
  request: http.ClientRequest,
  payload: Buffer,
  { requestMsMax, connectMsMax }: Waits,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: Answer | null = null;
    let failure: unknown = null;
    const cut = (why: string) => request.destroy(new Error(why));
    const deadline = setTimeout(cut, requestMsMax, "no answer in time");
    request.once("socket", (socket) => boundConnecting(socket, connectMsMax, cut));
    request.once("response", (response) => {
      answer = { status: response.statusCode ?? 0, errorType: String(response.headers["x-amzn-errortype"] ?? "") };
      response.resume();
    });
    request.on("error", (error) => (failure = error));
    // Comes last whatever happens; by then the socket is free for the next request.
    request.once("close", () => {
      clearTimeout(deadline);
      if (answer === null) reject(failure ?? new Error("closed without an answer"));
      else resolve(answer);
    });
    request.end(payload);
  });
}

function boundConnecting(socket: Socket, connectMsMax: number, cut: (why: string) => void): void {
  if (!socket.connecting) return;
  const deadline = setTimeout(cut, connectMsMax, "no connection in time");
  const settled = () => clearTimeout(deadline);
  socket.once("connect", settled).once("close", settled);
}

/** A URL writes an IPv6 address in brackets; a look-up does not. */
function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/gu, "");
}
