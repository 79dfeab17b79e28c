import { describe } from "vitest";
import { openNeon } from "#adapters/neon/neon.ts";
import { startNeonRelay } from "#dev/neon-relay/relay.ts";
import { serverStorage, silentLog } from "#tests/support/database.ts";
import { findPostgresServer } from "#tests/support/postgres-server.ts";
import { storageContract } from "./storage.ts";

const bin = findPostgresServer();

describe.skipIf(bin === null)("Neon's driver", () => {
  const { setup } = serverStorage(bin as string, async (url, closers) => {
    const { hostname, port } = new URL(url);
    const relay = closers.use(await startNeonRelay({ target: { host: hostname, port: Number(port) }, log: silentLog }));
    return openNeon({ url, wsProxy: relay.url, log: silentLog });
  });
  storageContract("through Neon's driver and a relay", setup);
});
