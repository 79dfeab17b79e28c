import { Redis } from "@upstash/redis";
import { describe, expect, test, vi } from "vitest";
import { startUpstashRest } from "#dev/upstash-rest/upstash-rest.ts";
import { silentLog } from "#tests/support/database.ts";
import { redisIsHere, redisProgram, redisToken, startRedisRig } from "#tests/support/redis-rig.ts";

const startRig = () => startRedisRig(redisProgram as string);
const b64 = (text: string) => Buffer.from(text).toString("base64");

async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${redisToken}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

redisIsHere();

describe.skipIf(redisProgram === null)("the REST endpoint before a real Redis", () => {
  test("answers one command, several, and several as one", async () => {
    await using rig = await startRig();
    const { url } = rig.rest;
    expect([
      await post(url, ["SET", "a", 1]),
      await post(`${url}/pipeline`, [["GET", "a"], ["INCR", "a"], ["GET", "nothing"], ["LPUSH", "a", "x"], ["PING"]]),
      await post(`${url}/multi-exec`, [
        ["RPUSH", "list", "x", "y"],
        ["LRANGE", "list", "0", "-1"],
      ]),
    ]).toEqual([
      { status: 200, body: { result: "OK" } },
      {
        status: 200,
        body: [
          { result: "1" },
          { result: 2 },
          { result: null },
          { error: "WRONGTYPE Operation against a key holding the wrong kind of value" },
          { result: "PONG" },
        ],
      },
      { status: 200, body: [{ result: 2 }, { result: ["x", "y"] }] },
    ]);
  });

  test("in base64 is every string, in lists too, but not the status OK", async () => {
    await using rig = await startRig();
    const commands = [["SET", "a", "OK"], ["GET", "a"], ["PING"], ["MGET", "a", "b"], ["STRLEN", "a"]];
    const { body } = await post(`${rig.rest.url}/pipeline`, commands, { "Upstash-Encoding": "base64" });
    expect(body).toEqual([
      { result: "OK" },
      { result: b64("OK") },
      { result: b64("PONG") },
      { result: [b64("OK"), null] },
      { result: 2 },
    ]);
  });

  test("Upstash's own client with its defaults understands it", async () => {
    await using rig = await startRig();
    const redis = new Redis({ url: rig.rest.url, token: redisToken, enableTelemetry: false });
    const transaction = redis.multi().set("b", "ü").get("b");
    expect([
      await redis.set("a", { text: "‹🦊›" }),
      await redis.get("a"),
      await redis.ping(),
      await redis.eval("return {ARGV[1], 5, {'OK', false}}", [], ["x"]),
      await redis.hset("h", { f: 1 }),
      await redis.hgetall("h"),
      await transaction.exec(),
    ]).toEqual(["OK", { text: "‹🦊›" }, "PONG", ["x", 5, ["OK", null]], 1, { f: 1 }, ["OK", "ü"]]);
  });

  test("a transaction with a command that is none runs nothing", async () => {
    await using rig = await startRig();
    const refused = await post(`${rig.rest.url}/multi-exec`, [["SET", "a", "1"], ["NOSUCH"]]);
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining("unknown command") } });
    expect(await post(rig.rest.url, ["GET", "a"])).toEqual({ status: 200, body: { result: null } });
  });

  test.each([
    ["a wrong token", { authorization: "Bearer wrong" }, ["PING"], 401, "WRONGPASS"],
    ["no token", { authorization: "" }, ["PING"], 401, "WRONGPASS"],
    ["what is not JSON", {}, "{", 400, "ERR failed to parse"],
    ["what is no command", {}, { a: 1 }, 400, "ERR failed to parse"],
    ["an empty command", {}, [], 400, "ERR failed to parse"],
    ["a nested argument", {}, ["SET", "a", { b: 1 }], 400, "ERR failed to parse"],
    ["a command that Redis does not know", {}, ["NOSUCH"], 400, "ERR unknown command"],
    ["one that would keep the connection", {}, ["subscribe", "a"], 400, "ERR Command is not available: 'SUBSCRIBE'"],
    [
      "one that would wait",
      {},
      ["XREAD", "BLOCK", 0, "STREAMS", "s", "$"],
      400,
      "ERR Command is not available: 'XREAD'",
    ],
    ["a body over the bound", {}, ["SET", "a", "x".repeat(2000)], 413, "ERR max request size exceeded"],
  ])("refuses %s and goes on", async (_, headers, body, status, error) => {
    await using rig = await startRig();
    await using rest = await startUpstashRest({
      redis: rig.server,
      token: redisToken,
      log: silentLog,
      limits: { bodyBytesMax: 1000 },
    });
    expect(await post(rest.url, body, headers as Record<string, string>)).toMatchObject({
      status,
      body: { error: expect.stringContaining(error) },
    });
    expect(await post(rest.url, ["ECHO", "still here"])).toEqual({ status: 200, body: { result: "still here" } });
  });

  test("refuses more commands at once than it may carry, and other paths and methods", async () => {
    await using rig = await startRig();
    await using rest = await startUpstashRest({
      redis: rig.server,
      token: redisToken,
      log: silentLog,
      limits: { commandsMax: 2 },
    });
    const get = await fetch(rest.url, { headers: { authorization: `Bearer ${redisToken}` } });
    expect([
      (await post(`${rest.url}/pipeline`, [["PING"], ["PING"]])).status,
      (await post(`${rest.url}/pipeline`, [["PING"], ["PING"], ["PING"]])).status,
      (await post(`${rest.url}/get/a`, [])).status,
      get.status,
    ]).toEqual([200, 400, 404, 405]);
  });

  test("is 503 while Redis is away and serves again when it is back, each request answered", async () => {
    await using rig = await startRig();
    const { url } = rig.rest;
    await post(url, ["PING"]);
    rig.server.freeze();
    const waiting = Array.from({ length: 20 }, () => post(url, ["PING"]));
    await rig.server.kill();
    const answers = await Promise.all([...waiting, post(url, ["PING"])]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    expect(answers[0]?.body).toEqual({ error: "ERR Redis cannot be reached just now." });
    await rig.server.start();
    await vi.waitFor(
      async () => expect(await post(url, ["PING"])).toEqual({ status: 200, body: { result: "PONG" } }),
      5000,
    );
  });

  test.each([
    ["commands", { pendingMax: 5 }, "ERR Redis has too much to do just now."],
    ["requests", { requestsMax: 5 }, "ERR too many requests at once"],
  ])("gives up a Redis that hangs; meanwhile more %s than may wait are refused at once", async (_, limits, refusal) => {
    await using rig = await startRig();
    await using rest = await startUpstashRest({
      redis: rig.server,
      token: redisToken,
      log: silentLog,
      limits: { answerMsMax: 300, ...limits },
    });
    await post(rest.url, ["PING"]);
    rig.server.freeze();
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(rest.url, ["PING"])));
    rig.server.thaw();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    const errors = answers.map(({ body }) => (body as { error: string }).error);
    expect(errors.toSorted()).toEqual(
      [
        ...Array.from({ length: 5 }, () => "ERR Redis cannot be reached just now."),
        ...Array.from({ length: 7 }, () => refusal),
      ].toSorted(),
    );
    await vi.waitFor(async () => expect((await post(rest.url, ["PING"])).status).toBe(200), 5000);
  });

  test("stops while requests hang, and answers nobody after it", async () => {
    await using rig = await startRig();
    const rest = await startUpstashRest({
      redis: rig.server,
      token: redisToken,
      log: silentLog,
      limits: { stopMsMax: 100 },
    });
    await post(rest.url, ["PING"]);
    rig.server.freeze();
    const hanging = post(rest.url, ["PING"]).then(
      ({ status }) => status,
      () => "cut",
    );
    await rest[Symbol.asyncDispose]();
    rig.server.thaw();
    expect([503, "cut"]).toContain(await hanging);
    await expect(post(rest.url, ["PING"])).rejects.toThrow("fetch failed");
  });

  test("logs in to a Redis that asks for a password, and is 503 when it refuses", async () => {
    await using rig = await startRig();
    await post(rig.rest.url, ["CONFIG", "SET", "requirepass", "pass word"]);
    const { host, port } = rig.server;
    const statuses = ["pass word", "wrong"].map(async (password) => {
      await using rest = await startUpstashRest({ redis: { host, port, password }, token: redisToken, log: silentLog });
      return [(await post(rest.url, ["PING"])).status, (await post(rest.url, ["PING"])).status];
    });
    expect(await Promise.all(statuses)).toEqual([
      [200, 200],
      [503, 503],
    ]);
  });
});
