import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NatsRole } from "#adapters/nats/rights.ts";
import { natsUsers } from "./nats-users.ts";
import { findProgram, freePort, type ServerOptions, type ServerProcess, serverProcess } from "./server-process.ts";

export type NatsServer = ServerProcess & {
  /** For nats.ws. The same after a restart. */
  readonly url: string;
  /** A crash that also loses what JetStream had stored. */
  wipe(): Promise<void>;
};

/** Debian keeps it in /usr/sbin, which is not on everyone's path. */
export function findNats(): string | null {
  return findProgram("nats-server", ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin"]);
}

export type NatsPasswords = Readonly<Record<NatsRole, string>>;

export type NatsServerOptions = ServerOptions & {
  readonly token?: string;
  /** Then each role has its own user and rights, and nobody else gets in. */
  readonly passwords?: NatsPasswords;
  /** Its WebSocket is over TLS, for the name `localhost`. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
};

/** With JetStream on disk in `home`; it syncs before it acknowledges where the program is new enough to (2.10). */
export async function natsServer(
  program: string,
  home: string,
  { token, passwords, tls, ...options }: NatsServerOptions = {},
): Promise<NatsServer> {
  mkdirSync(home, { recursive: true });
  const [port, clientPort] = [await freePort(), await freePort()];
  const store = join(home, "store");
  const config = join(home, "nats.conf");
  const lines = [
    `listen: "127.0.0.1:${clientPort}"`,
    // A client that is cut off keeps its share of a queue group until the server misses its pings; by default that takes minutes.
    `ping_interval: "5s"`,
    "ping_max: 2",
    `websocket { listen: "127.0.0.1:${port}", ${tls ? `tls { cert_file: "${tls.certFile}", key_file: "${tls.keyFile}" }` : "no_tls: true"} }`,
    `jetstream { store_dir: "${store}"${syncsAlways(program) ? ", sync_interval: always" : ""} }`,
    ...(token === undefined ? [] : [`authorization { token: "${token}" }`]),
    ...(passwords === undefined ? [] : [natsUsers((role) => JSON.stringify(passwords[role]))]),
  ];
  // Passwords of a run before may stand in a file that was written before they were secret.
  rmSync(config, { force: true });
  writeFileSync(config, `${lines.join("\n")}\n`, { mode: 0o600 });
  const server = serverProcess({
    program,
    args: ["-c", config],
    title: config,
    options: { ...options, cwd: home },
    readyText: "Server is ready",
    stopSignal: "SIGTERM",
  });
  return {
    ...server,
    url: tls ? `wss://localhost:${port}` : `ws://127.0.0.1:${port}`,
    async wipe() {
      await server.kill();
      rmSync(store, { recursive: true, force: true });
    },
  };
}

function syncsAlways(program: string): boolean {
  const version = /v(\d+)\.(\d+)/u.exec(execFileSync(program, ["--version"], { encoding: "utf8" }));
  const [major = 0, minor = 0] = (version ?? []).slice(1).map(Number);
  return major > 2 || (major === 2 && minor >= 10);
}
