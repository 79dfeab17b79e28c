import { Agent, request } from "node:http";
import { apiGatewayClients } from "#adapters/api-gateway/clients.ts";
import { systemClock } from "#adapters/system-clock.ts";
import type { ConnectionId } from "#core/lib/ids.ts";

export type PostTarget = Disposable & {
  readonly name: string;
  post(id: ConnectionId, frame: string): Promise<unknown>;
};

/** As the adapter's own. */
const socketsMax = 50;

/** Nothing but `node:http` on connections kept alive: no signature, no order, no second attempt. */
export function bareTarget(name: string, port: number): PostTarget {
  const agent = new Agent({ keepAlive: true, maxSockets: socketsMax });
  // The stand-in wants to see a signature, and does not check it.
  const authorization = "AWS4-HMAC-SHA256 Credential=none, SignedHeaders=none, Signature=none";
  return {
    name,
    post(id, frame) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const path = `/@connections/${encodeURIComponent(id)}`;
      const headers = { authorization, "content-length": Buffer.byteLength(frame) };
      const sent = request({ agent, host: "127.0.0.1", port, method: "POST", path, headers }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode === 200 ? "posted" : "refused"));
      });
      sent.once("error", reject).end(frame);
      return promise;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** The adapter, with a role's credentials as a function has them. */
export function adapterTarget(name: string, posts: "lean" | "sdk", port: number): PostTarget {
  const clients = apiGatewayClients({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "ASIABENCH", secretAccessKey: "secret", sessionToken: "t".repeat(800) },
    clock: systemClock,
    posts,
    socketsMax,
  });
  return { name, post: clients.post, [Symbol.dispose]: () => clients[Symbol.dispose]() };
}
