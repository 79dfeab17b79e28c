import { expect, test } from "vitest";
import { configFromEnv } from "#functions/config.ts";
import { httpApp, request } from "#tests/support/http-app.ts";
import { worldRig } from "#tests/support/world-rig.ts";
import { handleConnect } from "../ws/connect.ts";

const secret = "between the router and us";
const ways: readonly [given: string | undefined, isLetIn: boolean][] = [
  [secret, true],
  [undefined, false],
  ["", false],
  ["between the router and them", false],
  [`${secret}, ${secret}`, false],
];

test.each(ways)("with a secret of the router, who brings %o to the API is let in: %o", async (given, isLetIn) => {
  const { app } = await httpApp({ ORIGIN_SECRET: secret });
  const headers = given === undefined ? {} : { "x-origin-secret": given };
  const { status } = await request(app, "GET", "/api/openapi.json", { headers });
  expect(status).toBe(isLetIn ? 200 : 403);
});

test.each(ways)("and who brings %o to the sockets is asked who he is: %o", async (given, isLetIn) => {
  const { statusCode } = await handleConnect(worldRig().ctx, configFromEnv({ ORIGIN_SECRET: secret }), {
    requestContext: { connectionId: "socket", requestId: "request" },
    headers: given === undefined ? {} : { "X-Origin-Secret": given },
    queryStringParameters: {},
  });
  expect(statusCode).toBe(isLetIn ? 401 : 403);
});

test("without one nobody is asked for it, and health never is", async () => {
  const { app } = await httpApp({});
  expect((await request(app, "GET", "/api/openapi.json", {})).status).toBe(200);
  const guarded = await httpApp({ ORIGIN_SECRET: secret });
  expect((await request(guarded.app, "GET", "/health", {})).status).toBe(200);
});
