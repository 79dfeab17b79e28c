import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  LimitExceededException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { describe, expect, test } from "vitest";
import { gatewayRig, rigStartMs } from "#tests/support/gateway-rig.ts";
import type { GatewayRig } from "#tests/support/gateway-rig.ts";

const unknown = "AAAAAAAAAAAAAAA=";

describe("@connections, as the SDK sees it", () => {
  test("POST sends a text frame", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect();
    await sdk.post(client.id, "Ærø 🌍");
    expect(await client.next()).toBe("Ærø 🌍");
  });

  test("GET describes the connection", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect({ headers: { "user-agent": "test/1" } });
    await rig.clock.advance(7000);
    await rig.gateway.clients.post(client.id, "news");
    await rig.clock.advance(1000);
    expect(await sdk.client.send(new GetConnectionCommand({ ConnectionId: client.id }))).toMatchObject({
      ConnectedAt: new Date(rigStartMs),
      LastActiveAt: new Date(rigStartMs + 7000),
      Identity: { SourceIp: "127.0.0.1", UserAgent: "test/1" },
    });
  });

  test("DELETE closes the socket", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect();
    const { $metadata } = await sdk.client.send(new DeleteConnectionCommand({ ConnectionId: client.id }));
    expect($metadata.httpStatusCode).toBe(204);
    expect(await client.closed).toEqual({ code: 1000, reason: "Connection Closed Normally" });
    await rig.seen("disconnects", 1);
  });

  test("every command is GoneException for a connection that is not there", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    const input = { ConnectionId: unknown };
    await expect(sdk.post(unknown, "x")).rejects.toBeInstanceOf(GoneException);
    await expect(sdk.client.send(new GetConnectionCommand(input))).rejects.toBeInstanceOf(GoneException);
    await expect(sdk.client.send(new DeleteConnectionCommand(input))).rejects.toBeInstanceOf(GoneException);
  });

  test("a connection still in $connect is gone, and one in $disconnect is gone again", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    const outcomes: unknown[] = [];
    const tryToPost = async ({ requestContext }: { requestContext: { connectionId: string } }) => {
      outcomes.push(await sdk.post(requestContext.connectionId, "early or late").catch((error: unknown) => error));
      return { statusCode: 200 };
    };
    rig.on.connect = tryToPost;
    rig.on.disconnect = tryToPost;
    using client = await rig.connect();
    client.ws.close();
    await rig.seen("disconnects", 1);
    await rig[Symbol.asyncDispose]();
    expect(outcomes).toEqual([expect.any(GoneException), expect.any(GoneException)]);
  });

  test("a frame of 128 KB passes and one byte more is PayloadTooLargeException", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect();
    await sdk.post(client.id, "x".repeat(128 * 1024));
    expect(await client.next()).toHaveLength(128 * 1024);
    for (const bytes of [128 * 1024 + 1, 5_000_000])
      await expect(sdk.post(client.id, "x".repeat(bytes))).rejects.toBeInstanceOf(PayloadTooLargeException);
  });

  test("what is no UTF-8 is refused and never reaches the socket", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect();
    await expect(sdk.post(client.id, Buffer.from([0xff]))).rejects.toMatchObject({
      name: "BadRequestException",
      $metadata: { httpStatusCode: 400 },
    });
    await sdk.post(client.id, "fine");
    expect(await client.next()).toBe("fine");
  });

  test("a socket whose buffer is full is LimitExceededException, and is cut when it stays so", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect();
    await fill(sdk, client);
    await rig.clock.advance(29_999);
    expect(rig.gateway.openSockets()).toBe(1);
    await rig.clock.advance(10_000);
    await rig.seen("disconnects", 1);
    expect(rig.disconnects[0]!.requestContext).toMatchObject({
      disconnectStatusCode: 1008,
      disconnectReason: "Stalled",
    });
  });

  test("a socket that drains again takes frames again, and is not cut", async () => {
    await using rig = await gatewayRig();
    using sdk = sdkOf(rig);
    using client = await rig.connect();
    const accepted = await fill(sdk, client);
    client.ws.resume();
    await client.take(accepted);
    await rig.clock.advance(60_000);
    await sdk.post(client.id, "again");
    expect(await client.next()).toBe("again");
  });

  test("is not served on the public port, nor to who does not sign", async () => {
    await using rig = await gatewayRig();
    using client = await rig.connect();
    const path = `/@connections/${encodeURIComponent(client.id)}`;
    await fetch(`${rig.gateway.url}${path}`, { method: "POST", body: "x" });
    expect(rig.requests).toMatchObject([{ rawPath: path }]);
    const unsigned = await fetch(`${rig.gateway.managementEndpoint}${path}`, { method: "POST", body: "x" });
    expect(unsigned.status).toBe(403);
    await rig.gateway.clients.post(client.id, "the only one");
    expect(await client.next()).toBe("the only one");
  });

  test.each(["/", "/@connections", "/@connections/", "/%zz", "/@connections/%"])("%s is 403", async (path) => {
    await using rig = await gatewayRig();
    const headers = { authorization: "AWS4-HMAC-SHA256 x" };
    expect((await fetch(`${rig.gateway.managementEndpoint}${path}`, { headers })).status).toBe(403);
  });
});

type Sdk = ReturnType<typeof sdkOf>;

function sdkOf(rig: GatewayRig) {
  const client = new ApiGatewayManagementApiClient({
    endpoint: rig.gateway.managementEndpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  return {
    client,
    post: (id: string, data: string | Uint8Array) =>
      client.send(new PostToConnectionCommand({ ConnectionId: id, Data: data })),
    [Symbol.dispose]: () => client.destroy(),
  };
}

/** Posts to a client that does not read until one is refused; answers how many were not. */
async function fill(sdk: Sdk, client: { readonly id: string; readonly ws: { pause(): void } }): Promise<number> {
  client.ws.pause();
  const frame = "x".repeat(128 * 1024);
  for (let accepted = 0; accepted < 400; accepted++) {
    const error = await sdk.post(client.id, frame).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) continue;
    expect(error).toBeInstanceOf(LimitExceededException);
    return accepted;
  }
  throw new Error("the buffer never filled");
}
