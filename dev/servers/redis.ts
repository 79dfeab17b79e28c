import { mkdirSync } from "node:fs";
import { findProgram, freePort, type ServerOptions, type ServerProcess, serverProcess } from "./server-process.ts";

export type RedisOptions = ServerOptions & {
  /** Only over TLS, and only with this password: as Valkey in the cloud. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string; readonly password: string };
};

export type RedisServer = ServerProcess & { readonly host: string; readonly port: number };

const host = "127.0.0.1";

export function findRedis(): string | null {
  return findProgram("redis-server", ["/usr/bin", "/usr/local/bin"]);
}

/**
 * Keeps its data in `home`. It writes every command to its log before it answers and syncs the log every second: kill −9 loses nothing that
 * was answered, a power cut may lose the last two seconds.
 */
export async function redisServer(
  program: string,
  home: string,
  { tls, ...options }: RedisOptions = {},
): Promise<RedisServer> {
  mkdirSync(home, { recursive: true });
  const port = await freePort();
  const settings = {
    ...(tls === undefined
      ? { port }
      : {
          port: 0,
          "tls-port": port,
          "tls-cert-file": tls.certFile,
          "tls-key-file": tls.keyFile,
          "tls-ca-cert-file": tls.certFile,
          "tls-auth-clients": "no",
          requirepass: tls.password,
        }),
    bind: host,
    dir: home,
    appendonly: "yes",
    appendfsync: "everysec",
    save: "",
    daemonize: "no",
  };
  const server = serverProcess({
    program,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    // It changes its command line to this.
    title: `${host}:${port}`,
    options: { ...options, cwd: home },
    readyText: "Ready to accept connections",
    stopSignal: "SIGTERM",
  });
  return { ...server, host, port };
}
