import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startChild } from "#dev/services/child.ts";
import { startLocalServers } from "#dev/services/servers.ts";
import { configFromEnv } from "#functions/config.ts";
import { silentLog } from "#tests/support/database.ts";
import { temporaryDirectory } from "#tests/support/dev.ts";

const given = {
  DATABASE_URL: "postgres://nobody@localhost/none",
  UPSTASH_REDIS_REST_URL: "http://localhost:1",
  UPSTASH_REDIS_REST_TOKEN: "t",
  NATS_URL: "ws://localhost:1",
};
type Given = Partial<typeof given>;
const { NATS_URL: _nats, ...withoutNats } = given;

test.each<[string, Given, string]>([
  [
    "every server is missing",
    {},
    "Not on this machine: PostgreSQL with PostGIS, Redis, NATS. Install what is missing (Debian: apt-get install " +
      "postgresql-15 postgresql-15-postgis-3 redis-server nats-server), or set DATABASE_URL and UPSTASH_REDIS_REST_URL and " +
      "NATS_URL. `npm start` needs none of it.",
  ],
  [
    "only one is",
    withoutNats,
    "Not on this machine: NATS. Install what is missing (Debian: apt-get install nats-server), or set NATS_URL. " +
      "`npm start` needs none of it.",
  ],
])("where %s, one line says so and how to get it, and nothing is started", async (_what, env, words) => {
  const onProgress = vi.fn<(text: string) => void>();
  const find = { postgres: () => null, redis: () => null, nats: () => null };
  const starting = startLocalServers({
    config: configFromEnv(env),
    home: "/nowhere",
    log: silentLog,
    onProgress,
    find,
  });
  await expect(starting).rejects.toMatchObject({ name: "AppError", message: words });
  expect(onProgress).not.toHaveBeenCalled();
});

test("servers that are named are neither looked for nor started", async () => {
  const find = vi.fn<() => null>(() => null);
  await using servers = await startLocalServers({
    config: configFromEnv(given),
    home: "/nowhere",
    log: silentLog,
    onProgress: () => undefined,
    find: { postgres: find, redis: find, nats: find },
  });
  expect(servers.env).toMatchObject(given);
  expect(find).not.toHaveBeenCalled();
});

test("a child that never gets ready ends the wait for it, after some tries; what it said has its name before it", async () => {
  await using home = await temporaryDirectory();
  const program = join(home.path, "hopeless.mjs");
  await writeFile(program, 'console.log("in vain"); process.exit(3);\n');
  const lines: string[] = [];
  await using child = startChild({ name: "auth-1", program, env: {}, print: (line) => lines.push(line) });
  await expect(child.ready).rejects.toMatchObject({
    message: "auth-1 does not start. What it said is above.",
  });
  expect(lines).toEqual([
    "[auth-1] in vain",
    "[auth-1] ended (3); it is started again in 500 ms",
    "[auth-1] in vain",
    "[auth-1] ended (3); it is started again in 1000 ms",
    "[auth-1] in vain",
    expect.stringMatching(/^\[auth-1\] ended \(3\)/u),
  ]);
});
