import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { checkedLines } from "./checked-lines.ts";

const bodyBytesMax = 8 * 1024 * 1024;
const idleSocketsMax = 256;
const agents = {
  "http:": new HttpAgent({ keepAlive: true, maxFreeSockets: idleSocketsMax }),
  "https:": new HttpsAgent({ keepAlive: true, maxFreeSockets: idleSocketsMax }),
};

/**
 * What the client of ollama fetches with; as much of `fetch` as it uses. The client's own way to stop a stream does nothing before the first
 * byte, and breaking out of its iterator leaves the connection open: so each request has a fetch of its own, tied to its signal, which closes
 * the socket at once. It is `node:http` because the global `fetch` costs three times as much, and because the client would pass over a line
 * that is no JSON, and print it.
 */
export function fetchWith(signal: AbortSignal): typeof fetch {
  const lean = async (input: unknown, init: RequestInit = {}): Promise<object> => {
    signal.throwIfAborted();
    const response = await send(new URL(String(input)), init, signal);
    const status = response.statusCode ?? 0;
    const ok = status >= 200 && status < 300;
    return {
      ok,
      status,
      statusText: response.statusMessage ?? "",
      // The client prints what it takes for text.
      headers: { get: () => "application/json" },
      json: async () => (ok ? JSON.parse(await whole(response)) : errorIn(await whole(response), status)),
      body: { getReader: () => checkedLines(response) },
    };
  };
  return lean as unknown as typeof fetch;
}

function send(url: URL, { method = "GET", body, headers }: RequestInit, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === "https:";
  const payload = typeof body === "string" ? Buffer.from(body) : null;
  const asking = (isSecure ? httpsRequest : httpRequest)(
    url,
    {
      method,
      agent: agents[isSecure ? "https:" : "http:"],
      headers: { ...(headers as Record<string, string>), ...(payload && { "content-length": payload.length }) },
    },
    (response) => {
      // Whoever reads it is told by its iterator; when nobody does any more, it is nobody's affair.
      response.on("error", () => {});
      resolve(response);
    },
  );
  const stop = () => {
    asking.destroy();
    reject(signal.reason);
  };
  signal.addEventListener("abort", stop, { once: true });
  asking.on("error", reject);
  asking.once("close", () => signal.removeEventListener("abort", stop));
  asking.end(payload ?? undefined);
  return promise;
}

async function whole(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error("a model host says too much at once");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function errorIn(text: string, status: number): { readonly error: string } {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === "string") return { error };
  } catch {
    // A proxy's page in HTML, say.
  }
  return { error: `status ${status}` };
}
