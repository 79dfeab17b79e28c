import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "#core/ports/system.ts";

export type LambdaFunction = (event: never, context: never) => Promise<unknown>;

export type LambdaHost = AsyncDisposable & { readonly url: string };

const host = "127.0.0.1";
/** As Lambda's: what an invocation may carry. */
const payloadBytesMax = 6 * 1024 * 1024;

/**
 * Runs functions in a process of their own, called as Lambda's Invoke API is: POST /2015-03-31/functions/<name>/invocations with the event and
 * the context. A function that throws is answered with 200 and `X-Amz-Function-Error`.
 */
export async function startLambdaHost(
  functions: Readonly<Record<string, LambdaFunction>>,
  { port, log }: { port: number; log: Log },
): Promise<LambdaHost> {
  const underWay = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = answer(functions, request, response, log).finally(() => underWay.delete(answered));
    underWay.add(answered);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, host);
  await once(server, "listening");
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      await Promise.all(underWay);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  functions: Readonly<Record<string, LambdaFunction>>,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  const name = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/u.exec(request.url ?? "")?.[1];
  const run = name !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (request.method !== "POST" || !run) {
    response.writeHead(404).end();
    return;
  }
  try {
    const { event, context } = JSON.parse(await bodyOf(request)) as { event: never; context: never };
    const result = await run(event, context);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result ?? null));
  } catch (error) {
    log.error({ error, function: name }, "a function failed");
    response
      .writeHead(200, { "content-type": "application/json", "x-amz-function-error": "Unhandled" })
      .end(JSON.stringify({ errorType: error instanceof Error ? error.name : typeof error }));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > payloadBytesMax) throw new Error("the payload is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
