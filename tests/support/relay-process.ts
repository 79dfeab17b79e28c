import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type RelayProcess = AsyncDisposable & {
  readonly url: string;
  readonly child: ChildProcess;
  kill(): Promise<void>;
};

/** A relay of its own process, so that it can be killed and frozen. */
export async function spawnRelay(databaseUrl: string, port = 0): Promise<RelayProcess> {
  const main = join(import.meta.dirname, "../../dev/neon-relay/main.ts");
  const child = spawn(process.execPath, [main, "--target", new URL(databaseUrl).host, "--port", String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  return { url, child, kill, [Symbol.asyncDispose]: kill };
}
