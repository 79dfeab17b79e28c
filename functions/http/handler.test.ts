import type { LambdaEvent } from "hono/aws-lambda";
import { expect, test } from "vitest";
import { errorBody } from "#core/protocol/error-body.ts";
import { functionContext } from "#tests/support/function-context.ts";
import { configFromEnv } from "../config.ts";
import { createHandler } from "./handler.ts";

const event = (method: string, path: string, more: object = {}) =>
  ({
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: { "content-type": "application/json" },
    body: null,
    isBase64Encoded: false,
    requestContext: {
      domainName: "localhost",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "198.51.100.1", userAgent: "test" },
    },
    ...more,
  }) as unknown as LambdaEvent;

const setup = () => {
  const base = functionContext();
  return { ...base, handler: createHandler(base.ctx, configFromEnv({})) };
};

const ann = JSON.stringify({ email: "ann@example.org", username: "Ann", password: "correct horse" });

test("a login through API Gateway's events sets a cookie that the next event may carry", async () => {
  const { handler } = setup();
  expect(await handler(event("POST", "/api/auth/register", { body: ann }))).toMatchObject({ statusCode: 201 });
  const base64 = { body: Buffer.from(ann).toString("base64"), isBase64Encoded: true };
  const answer = await handler(event("POST", "/api/auth/login", base64));
  expect(answer.statusCode).toBe(200);
  expect(answer.cookies).toHaveLength(1);
  const me = await handler(event("GET", "/api/auth/me", { cookies: [answer.cookies![0]!.split(";")[0]] }));
  expect(JSON.parse(me.body)).toMatchObject({ username: "Ann" });
});

test("the address that is limited is the one the gateway saw", async () => {
  const { handler } = setup();
  const headers = (n: number) => ({ "content-type": "application/json", "x-forwarded-for": `203.0.113.${n}` });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n++) {
    const body = JSON.stringify({ email: `u${n}@example.org`, username: `user${n}`, password: "correct horse" });
    statuses.push((await handler(event("POST", "/api/auth/register", { body, headers: headers(n) }))).statusCode);
  }
  expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
});

test.each([
  "//evil.example/",
  "/\\evil.example",
  "/api/%",
  "/api/../../etc",
  "/api/\u0000",
  "/?a=b#c",
  "",
  "/%E0%A4%A",
])("the path %j is answered in the words of the contract", async (path) => {
  const answer = await setup().handler(event("GET", path));
  expect(answer.statusCode).toBe(404);
  expect(errorBody.parse(JSON.parse(answer.body)).error.code).toBe("NOT_FOUND");
});
