import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { readEnv } from "#functions/config.ts";
import { findProgram, freePort, type ServerOptions, type ServerProcess, serverProcess } from "./server-process.ts";

export type PostgresServer = ServerProcess & { readonly url: string };

const majors = ["15", "16", "17", "18"];

/** The directory of the server's programs, or null; PostGIS must be there, too. */
export function findPostgres(): string | null {
  const debian = majors.map((major) => `/usr/lib/postgresql/${major}/bin`);
  const initdb = findProgram("initdb", debian);
  if (initdb === null) return null;
  const bin = join(initdb, "..");
  const shares = [
    join(bin, "../share/extension"),
    join(bin, "../share/postgresql/extension"),
    bin.replace("/lib/", "/share/").replace(/bin$/u, "extension"),
  ];
  return shares.some((share) => existsSync(join(share, "postgis.control"))) ? bin : null;
}

/** A cluster in `home`, made there if there is none. With `isDurable` a power cut loses nothing that was committed. */
export async function postgresServer(
  bin: string,
  home: string,
  { isDurable, ...given }: ServerOptions & { readonly isDurable: boolean },
): Promise<PostgresServer> {
  const user = unprivilegedUser();
  mkdirSync(home, { recursive: true });
  if (user !== null) chownSync(home, user.uid, user.gid);
  const env = { PATH: readEnv()["PATH"], LC_ALL: "C.UTF-8" };
  const data = join(home, "data");
  if (!existsSync(join(data, "PG_VERSION"))) {
    const args = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", ...(isDurable ? [] : ["-N"])];
    execFileSync(join(bin, "initdb"), args, { ...user, cwd: home, env, stdio: "pipe" });
  }
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: home,
    ...(isDurable ? {} : { fsync: "off" }),
  };
  const server = serverProcess({
    program: join(bin, "postgres"),
    args: ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    title: `-D ${data} `,
    options: { ...given, ...user, cwd: home, env },
    readyText: "ready to accept connections",
    stopSignal: "SIGINT",
  });
  return { ...server, url: `postgres://postgres@127.0.0.1:${port}/postgres` };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
