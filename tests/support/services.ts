import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "vitest";
import { findNats } from "#dev/servers/nats.ts";
import { findPostgres } from "#dev/servers/postgres.ts";
import { findRedis } from "#dev/servers/redis.ts";
import { postgresHome } from "#dev/services/servers.ts";

const servers = { postgres: findPostgres(), "redis-server": findRedis(), "nats-server": findNats() };
const missing = Object.entries(servers).flatMap(([name, program]) => (program === null ? [name] : []));

export const servicesCanRun = missing.length === 0;

/** A test that fails in CI, and says elsewhere that nothing was tested, where a server is missing. */
export function testServersAreHere(): void {
  test.runIf(!servicesCanRun)("the servers that the services stand on are on this machine", () => {
    const message = `no ${missing.join(", no ")} here: nothing was tested with the services apart`;
    if ((process.env["CI"] ?? "") !== "") throw new Error(message);
    console.warn(message);
  });
}

/** What the launcher may keep outside of its data directory. */
export function removeServices(dataDir: string): Promise<void> {
  return rm(postgresHome(join(dataDir, "services")), { recursive: true, force: true });
}
