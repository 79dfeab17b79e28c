import { request as httpRequest } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { gatewayRig, rigStartMs } from "#tests/support/gateway-rig.ts";
import { rawHttp } from "#tests/support/raw-http.ts";

const anId = expect.stringMatching(/^[\w-]{15}=$/);

describe("a request becomes an event of payload format 2.0", () => {
  test("with everything a request can have", async () => {
    await using rig = await gatewayRig();
    await send(`${rig.gateway.url}/api/a%2Fb/c?x=1&x=2&y=%C3%A9+&z`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "X-Two": ["one", "two"],
        Cookie: "a=1; b=2",
        "User-Agent": "test/1",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
        Connection: "close",
      },
      body: '{"name":"Ærø"}',
    });
    expect(rig.requests).toEqual([
      {
        version: "2.0",
        routeKey: "$default",
        rawPath: "/api/a%2Fb/c",
        rawQueryString: "x=1&x=2&y=%C3%A9+&z",
        cookies: ["a=1", "b=2"],
        headers: {
          "content-length": "16",
          "content-type": "application/json; charset=utf-8",
          host: `127.0.0.1:${rig.gateway.port}`,
          "user-agent": "test/1",
          "x-forwarded-for": "203.0.113.7, 127.0.0.1",
          "x-forwarded-port": String(rig.gateway.port),
          "x-forwarded-proto": "http",
          "x-two": "one,two",
        },
        queryStringParameters: { x: "1,2", y: "é ", z: "" },
        requestContext: {
          accountId: "000000000000",
          apiId: "local",
          domainName: "127.0.0.1",
          domainPrefix: "127",
          http: {
            method: "POST",
            path: "/api/a%2Fb/c",
            protocol: "HTTP/1.1",
            sourceIp: "127.0.0.1",
            userAgent: "test/1",
          },
          requestId: anId,
          routeKey: "$default",
          stage: "$default",
          time: "12/Mar/2030:19:03:58 +0000",
          timeEpoch: rigStartMs,
        },
        body: '{"name":"Ærø"}',
        isBase64Encoded: false,
      },
    ]);
  });

  test("without what it does not have", async () => {
    await using rig = await gatewayRig();
    await send(`${rig.gateway.url}/`);
    const [event] = rig.requests;
    expect(Object.keys(event!).toSorted()).toEqual([
      "headers",
      "isBase64Encoded",
      "rawPath",
      "rawQueryString",
      "requestContext",
      "routeKey",
      "version",
    ]);
  });

  test.each([
    ["application/octet-stream", true],
    ["application/x-www-form-urlencoded", true],
    ["", true],
    ["text/plain", false],
    ["application/problem+json", false],
    ["application/jsonish", true],
  ])("with a body of type %j in base64: %s", async (type, isBase64Encoded) => {
    await using rig = await gatewayRig();
    await send(rig.gateway.url, { method: "PUT", headers: type === "" ? {} : { "content-type": type }, body: "a&b" });
    const body = isBase64Encoded ? "YSZi" : "a&b";
    expect(rig.requests).toMatchObject([{ body, isBase64Encoded }]);
  });

  test("in the absolute form of a proxy too", async () => {
    await using rig = await gatewayRig();
    await send(rig.gateway.url, { path: "http://elsewhere.example/api/worlds?a=b" });
    expect(rig.requests).toMatchObject([{ rawPath: "/api/worlds", rawQueryString: "a=b" }]);
  });
});

test("a client that has closed its half still gets the answer of a function that takes its time", async () => {
  await using rig = await gatewayRig();
  const closed = Promise.withResolvers<void>();
  rig.on.http = async () => {
    await closed.promise;
    return { statusCode: 200, body: "late" };
  };
  const answer = rawHttp(rig.gateway.url, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await rig.seen("requests", 1);
  // Its end has arrived by the time that another request has come after it.
  void rawHttp(rig.gateway.url, "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await rig.seen("requests", 2);
  closed.resolve();
  expect(await answer).toMatchObject({ status: 200, text: expect.stringMatching(/late$/u) });
});

describe("a result becomes a response", () => {
  test("with its status, headers, several cookies and a body in base64", async () => {
    await using rig = await gatewayRig();
    rig.on.http = async () => ({
      statusCode: 201,
      headers: { "Content-Type": "image/png", "X-Number": 7, Connection: "upgrade", "Content-Length": "1" },
      cookies: ["a=1; HttpOnly", "b=2"],
      body: Buffer.from([0x89, 0, 0xff]).toString("base64"),
      isBase64Encoded: true,
    });
    const { status, headers, body } = await send(rig.gateway.url);
    expect({ status, body: [...body] }).toEqual({ status: 201, body: [0x89, 0, 0xff] });
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "x-number": "7",
      "content-length": "3",
      "set-cookie": ["a=1; HttpOnly", "b=2"],
      "apigw-requestid": anId,
    });
  });

  test.each([
    ["a string", "hello", "hello"],
    ["an object without a status", { world: 1 }, '{"world":1}'],
  ])("from %s", async (_, result, text) => {
    await using rig = await gatewayRig();
    rig.on.http = async () => result as never;
    const { status, headers, body } = await send(rig.gateway.url);
    expect({ status, type: headers["content-type"], body: body.toString() }).toEqual({
      status: 200,
      type: "application/json",
      body: text,
    });
  });

  test.each([
    ["throws", () => Promise.reject(new Error("secret"))],
    ["answers with a status that is none", async () => ({ statusCode: 99 })],
    ["answers with a header that cannot be sent", async () => ({ statusCode: 200, headers: { a: "b\r\nc: d" } })],
    ["answers with more than Lambda may", async () => ({ statusCode: 200, body: "x".repeat(6 * 1024 * 1024 + 1) })],
  ])("of 500 without detail when the function %s", async (_, handler) => {
    await using rig = await gatewayRig();
    rig.on.http = handler;
    const { status, body } = await send(rig.gateway.url);
    expect({ status, body: body.toString() }).toEqual({ status: 500, body: '{"message":"Internal Server Error"}' });
    expect(rig.logged).toHaveLength(1);
  });

  test("of 504 when the function takes longer than the gateway waits", async () => {
    await using rig = await gatewayRig();
    rig.on.http = () => new Promise(() => undefined);
    const response = send(rig.gateway.url);
    await rig.seen("requests", 1);
    await rig.clock.advance(29_000);
    const { status, body } = await response;
    expect({ status, body: body.toString() }).toEqual({ status: 504, body: '{"message":"Gateway Timeout"}' });
  });
});

describe("the gateway's own bounds", () => {
  const bodyBytesMax = 1000;

  test.each([
    ["announced", { "content-length": 5_000_000 }, 5_000_000],
    ["sent in chunks", { "transfer-encoding": "chunked" }, 5_000_000],
    ["one byte more", { "transfer-encoding": "chunked" }, 1001],
  ])("a body over the limit, %s, is 413 and no function hears of it", async (_, headers, bytes) => {
    await using rig = await gatewayRig({ limits: { bodyBytesMax } });
    const options = { method: "POST", headers: headers as OutgoingHttpHeaders };
    const { status, body } = await send(rig.gateway.url, { ...options, body: "x".repeat(bytes) });
    expect({ status, body: body.toString() }).toEqual({ status: 413, body: '{"message":"Request Entity Too Large"}' });
    expect(rig.requests).toEqual([]);
  });

  test("a body at the limit passes", async () => {
    await using rig = await gatewayRig({ limits: { bodyBytesMax } });
    const headers = { "content-type": "text/plain" };
    expect(await send(rig.gateway.url, { method: "POST", headers, body: "x".repeat(1000) })).toMatchObject({
      status: 200,
    });
    expect(rig.requests).toMatchObject([{ body: "x".repeat(1000) }]);
  });

  test("headers over the limit are 431", async () => {
    await using rig = await gatewayRig();
    expect(await send(rig.gateway.url, { headers: { "x-large": "x".repeat(11_000) } })).toMatchObject({ status: 431 });
  });

  test("more requests at once than allowed are 503, and it recovers", async () => {
    await using rig = await gatewayRig({ limits: { requestsMax: 1 } });
    const first = Promise.withResolvers<{ statusCode: number }>();
    rig.on.http = () => first.promise;
    const slow = send(rig.gateway.url);
    await rig.seen("requests", 1);
    expect(await send(rig.gateway.url)).toMatchObject({ status: 503 });
    first.resolve({ statusCode: 204 });
    expect(await slow).toMatchObject({ status: 204 });
    expect(await send(rig.gateway.url)).toMatchObject({ status: 204 });
  });

  test.each([["%"], ["/%zz?%zz=%"], ["/?__proto__=1&constructor=2"], ["/..//..%00"]])(
    "the target %j does no harm",
    async (path) => {
      await using rig = await gatewayRig();
      expect([200, 400]).toContain((await send(rig.gateway.url, { path })).status);
      expect(await send(rig.gateway.url)).toMatchObject({ status: 200 });
    },
  );

  test("a host that is no name is 400", async () => {
    await using rig = await gatewayRig();
    expect(await send(rig.gateway.url, { headers: { host: "a/b?c#d@e" } })).toMatchObject({ status: 400 });
  });
});

describe("a stop", () => {
  test("lets a request end, then takes no more", async () => {
    const rig = await gatewayRig();
    const answer = Promise.withResolvers<{ statusCode: number }>();
    rig.on.http = () => answer.promise;
    const response = send(rig.gateway.url);
    await rig.seen("requests", 1);
    const stopped = rig[Symbol.asyncDispose]();
    answer.resolve({ statusCode: 200 });
    expect(await response).toMatchObject({ status: 200 });
    await stopped;
    await expect(send(rig.gateway.url)).rejects.toThrow("ECONNREFUSED");
  });

  test("waits for a function that hangs no longer than its limit", async () => {
    const rig = await gatewayRig();
    rig.on.http = () => new Promise(() => undefined);
    const response = send(rig.gateway.url).catch((error: NodeJS.ErrnoException) => error.code);
    await rig.seen("requests", 1);
    const stopped = rig[Symbol.asyncDispose]();
    await rig.clock.advance(5000);
    await stopped;
    expect(await response).toBe("ECONNRESET");
  });

  test("is what the signal asks for, too", async () => {
    const stopping = new AbortController();
    const rig = await gatewayRig({ signal: stopping.signal });
    stopping.abort();
    await rig[Symbol.asyncDispose]();
    await expect(send(rig.gateway.url)).rejects.toThrow("ECONNREFUSED");
  });
});

type Options = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
};
type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: Buffer };

// Not fetch, which adds headers of its own and tidies paths.
function send(url: string, { body, ...options }: Options = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { ...options, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
