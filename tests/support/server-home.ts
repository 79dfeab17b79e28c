import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerProcess } from "#dev/servers/server-process.ts";

/** A server of the test's own, running, in a temporary home that ends with it. */
export async function startInOwnHome<Server extends ServerProcess>(
  name: string,
  make: (home: string) => Promise<Server>,
): Promise<Server> {
  const home = mkdtempSync(join(tmpdir(), `thousand-worlds-${name}-`));
  const server = await make(home);
  const end = async (): Promise<void> => {
    await server.kill();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await server.start();
  } catch (error) {
    await end();
    throw error;
  }
  return { ...server, [Symbol.asyncDispose]: end };
}
