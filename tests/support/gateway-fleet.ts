import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { systemEntropy } from "#adapters/entropy.ts";
import { natsBus } from "#adapters/nats/bus.ts";
import { connectNats } from "#adapters/nats/connect.ts";
import { natsModelRequests } from "#adapters/nats/model-requests.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import type { Log } from "#core/ports/system.ts";

export type GatewayProcess = AsyncDisposable & { readonly name: string; readonly pid: number; kill(): void };

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The worker as it is deployed, in a process of its own. */
export async function startGatewayProcess(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const program = join(import.meta.dirname, "../../workers/ai-gateway/main.ts");
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, STOP_WITH_STDIN: "true", LOG_LEVEL: "info", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await ready(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return {
    name: env["WORKER_NAME"] ?? "",
    pid: child.pid ?? 0,
    kill: () => void child.kill("SIGKILL"),
    [Symbol.asyncDispose]: stop,
  };
}

async function ready(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error("no output to read");
  try {
    for await (const line of createInterface({ input: child.stdout })) if (line.includes('"worker ready"')) return;
    throw new Error("a gateway ended before it was ready");
  } finally {
    child.stdout.resume();
  }
}

/** One who asks, over a connection of his own. */
export async function askerOver(natsUrl: string, login: { readonly user?: string; readonly pass?: string } = {}) {
  const nats = connectNats({ servers: [natsUrl], name: "asker", log: silent, ...login });
  await nats.connected(10_000);
  const bus = natsBus(nats, { clock: systemClock });
  const requests = natsModelRequests(nats, { isMadeElsewhere: login.user !== undefined });
  const llm = busLlm({ bus, requests, clock: systemClock, entropy: systemEntropy, log: silent });
  return {
    bus,
    nats,
    requests,
    llm,
    async [Symbol.asyncDispose]() {
      await llm[Symbol.asyncDispose]();
      await nats[Symbol.asyncDispose]();
    },
  };
}
