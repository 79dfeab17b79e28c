import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A real PostgreSQL of the test's own, on a free port of the loopback. */
export type PostgresServer = AsyncDisposable & {
  readonly url: string;
  start(): Promise<void>;
  /** At once, as a crash would. */
  stop(): Promise<void>;
  /** Every process of it by kill −9. */
  kill(): Promise<void>;
};

const startTimeoutMs = 30_000;

/** Where the server's programs are, or null; PostGIS must be there, too. */
export function findPostgresServer(): string | null {
  const debian = ["15", "16", "17", "18"].map((major) => `/usr/lib/postgresql/${major}/bin`);
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const found = [...debian, ...path].find((directory) =>
    ["initdb", "postgres", "pg_config"].every((program) => existsSync(join(directory, program))),
  );
  // Debian keeps pg_config in /usr/bin for all versions and in a version's own directory only for some.
  const bin = found ?? [...debian, ...path].find((directory) => existsSync(join(directory, "initdb")));
  if (bin === undefined) return null;
  const shares = [
    join(bin, "../share/extension"),
    join(bin, "../share/postgresql/extension"),
    bin.replace("/lib/", "/share/").replace(/bin$/, "extension"),
  ];
  return shares.some((share) => existsSync(join(share, "postgis.control"))) ? bin : null;
}

export async function startPostgresServer(bin: string): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), "thousand-worlds-postgres-"));
  const user = unprivilegedUser();
  if (user !== null) chownSync(home, user.uid, user.gid);
  const options = { ...user, cwd: home, env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" } };
  const data = join(home, "data");
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"], {
    ...options,
    stdio: "pipe",
  });
  const port = await freePort();
  let server: ChildProcess | null = null;

  const start = () =>
    new Promise<void>((resolve, reject) => {
      const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: home, fsync: "off" };
      const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      const child = spawn(join(bin, "postgres"), ["-D", data, ...flags], {
        ...options,
        stdio: ["ignore", "ignore", "pipe"],
      });
      server = child;
      let output = "";
      const failed = () => reject(new Error(`postgres did not start: ${output}`));
      const timer = setTimeout(failed, startTimeoutMs);
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-10_000);
        if (!output.includes("ready to accept connections")) return;
        clearTimeout(timer);
        resolve();
      });
      child.once("exit", failed);
    });

  const stop = () =>
    new Promise<void>((resolve) => {
      if (server === null || server.exitCode !== null) return resolve();
      server.once("exit", () => resolve());
      server.kill("SIGQUIT");
    });

  // The children outlive a killed server for a moment, and hold what it would lock.
  const kill = async () => {
    const { pid } = server as ChildProcess;
    const dead = new Promise<void>((resolve) => void server?.once("exit", () => resolve()));
    const processes = execFileSync("ps", ["-A", "-o", "ppid=,pid="], { encoding: "utf8" }).split("\n");
    const children = processes.map((line) => line.trim().split(/\s+/).map(Number)).filter(([parent]) => parent === pid);
    for (const each of [pid, ...children.map(([, child]) => child)]) process.kill(each as number, "SIGKILL");
    await dead;
  };

  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    kill,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
