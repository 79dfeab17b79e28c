import { expect, test } from "vitest";
import { startLambdaHost } from "./host.ts";
import { remoteFunction } from "./invoke.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const start = () =>
  startLambdaHost(
    {
      double: async ({ n }: { n: number }, { requestId }: { requestId: string }) => ({ twice: 2 * n, requestId }),
      fail: async () => {
        throw new Error("a secret of the inside");
      },
      quiet: async () => undefined,
    },
    { port: 0, log: silent },
  );

test("a function is called across processes with its event and context", async () => {
  await using host = await start();
  expect(await remoteFunction(host.url, "double")({ n: 21 }, { requestId: "r1" })).toEqual({
    twice: 42,
    requestId: "r1",
  });
  expect(await remoteFunction(host.url, "quiet")({}, {})).toBeNull();
});

test("a function that throws, or is not there, fails the call and tells nothing of the inside", async () => {
  await using host = await start();
  await expect(remoteFunction(host.url, "fail")({}, {})).rejects.toMatchObject({
    code: "INTERNAL",
    message: "The function fail failed.",
  });
  await expect(remoteFunction(host.url, "missing")({}, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a host that has gone fails the call", async () => {
  const host = await start();
  await host[Symbol.asyncDispose]();
  await expect(remoteFunction(host.url, "double")({ n: 1 }, {})).rejects.toThrow();
});
