import { createHash } from "node:crypto";
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import { describe, expect, test } from "vitest";
import { escapeSegment, sigV4 } from "./sigv4.ts";
import type { SigningCredentials } from "./sigv4.ts";

/** The part of the SDK's own request that a signature is made of. */
type HttpRequest = {
  method: string;
  protocol: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
};

const region = "eu-west-1";
const nowMs = Date.UTC(2030, 2, 12, 19, 3, 58, 123);
const contentType = "application/octet-stream";
const lasting = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const temporary = { ...lasting, accessKeyId: "ASIAEXAMPLE", sessionToken: "IQoJb3JpZ2luX2Vj/+==aGVsbG8" };
const ofCloud = "https://abc123.execute-api.eu-west-1.amazonaws.com/production";
const ofStandIn = "http://127.0.0.1:4321";

describe("a signature", () => {
  test.each([
    ["lasting credentials", ofCloud, lasting, "L0SM9cOFvHcCIhw=", "x"],
    ["a role's credentials, with a session token", ofCloud, temporary, "L0SM9cOFvHcCIhw=", "x"],
    ["a stand-in on a port, without a stage", ofStandIn, temporary, "AbCdEf-_0123456=", "x"],
    ["an id with every sign that is escaped", ofCloud, lasting, "a+b/c=d%e f!'()*~ü", "x"],
    ["an empty frame", ofCloud, lasting, "L0SM9cOFvHcCIhw=", ""],
    ["a frame beyond ASCII", ofCloud, temporary, "L0SM9cOFvHcCIhw=", "Ærø – 世界 🌍\n\u2028"],
  ])("is the SDK's, byte for byte: %s", async (_, endpoint, credentials, id, frame) => {
    const payload = Buffer.from(frame);
    const sdk = await asSentBySdk(endpoint, credentials, id, payload);
    const url = new URL(endpoint);
    const path = `${url.pathname.replace(/\/$/u, "")}/@connections/${escapeSegment(id)}`;
    expect({ path, host: url.host }).toEqual({ path: sdk.path, host: sdk.host });
    const ours = sigV4({ region, service: "execute-api" })(
      { host: url.host, path, contentType, payload },
      credentials,
      nowMs,
    );
    expect(pairs(ours)).toEqual(await sdk.signedAt(nowMs));
  });

  test("covers host, time, payload, its type and the token", () => {
    const headers = pairs(signer()(post("x"), temporary, nowMs));
    expect(headers).toEqual({
      "content-type": contentType,
      host: "abc123.execute-api.eu-west-1.amazonaws.com",
      "x-amz-content-sha256": createHash("sha256").update("x").digest("hex"),
      "x-amz-date": "20300312T190358Z",
      "x-amz-security-token": temporary.sessionToken,
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/20300312\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[\da-f]{64}$/u,
      ),
    });
  });

  test("by a signer that has signed before is as by a new one: on the next day, and with other credentials", () => {
    const used = signer();
    const dayMs = 86_400_000;
    const cases: [SigningCredentials, number][] = [
      [lasting, nowMs],
      [lasting, nowMs + dayMs],
      [{ ...lasting, secretAccessKey: "another" }, nowMs + dayMs],
      [lasting, nowMs],
    ];
    for (const [credentials, atMs] of cases)
      expect(used(post("x"), credentials, atMs)).toEqual(signer()(post("x"), credentials, atMs));
  });
});

function signer() {
  return sigV4({ region, service: "execute-api" });
}

function post(frame: string) {
  const host = "abc123.execute-api.eu-west-1.amazonaws.com";
  return { host, path: "/production/@connections/L0SM9cOFvHcCIhw%3D", contentType, payload: Buffer.from(frame) };
}

/** The request as the SDK would send it, and its own signer's headers over just what we send. */
async function asSentBySdk(endpoint: string, credentials: typeof lasting, id: string, payload: Buffer) {
  const sent: HttpRequest[] = [];
  const client = new ApiGatewayManagementApiClient({
    endpoint,
    region,
    credentials,
    maxAttempts: 1,
    requestHandler: { handle: (request: HttpRequest) => (sent.push(request), Promise.reject(new Error("enough"))) },
  });
  await client.send(new PostToConnectionCommand({ ConnectionId: id, Data: payload })).catch(() => undefined);
  const [request] = sent;
  if (request === undefined) throw new Error("the SDK sent nothing");
  const signing = await client.config.signer({
    name: "sigv4",
    signingName: "execute-api",
    signingRegion: region,
    properties: {},
  });
  // The scope of the SDK's own signature is the one that its signer is asked for above.
  expect(request.headers["authorization"]).toContain(`/${region}/execute-api/aws4_request`);
  return {
    path: request.path,
    host: request.headers["host"],
    async signedAt(atMs: number) {
      const headers = { "content-type": contentType, host: request.headers["host"] ?? "" };
      const signed = await signing.sign({ ...request, headers }, { signingDate: new Date(atMs) });
      return signed.headers;
    },
  };
}

function pairs(headers: readonly string[]): Record<string, string> {
  return Object.fromEntries(headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ""]] : [])));
}
