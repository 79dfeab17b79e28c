import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataDir } from "./data-dir.ts";

let home: string;
let path: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "thousand-worlds-data-dir-"));
  path = join(home, "deep", "data");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

/** Another process that opens the directory and stays; resolves with its first line. */
async function other(): Promise<{ child: ChildProcess; line: string }> {
  const code = `
    import { openDataDir } from ${JSON.stringify(join(import.meta.dirname, "data-dir.ts"))};
    await openDataDir(${JSON.stringify(path)}).then(() => console.log("opened"), (error) => console.log(error.message));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, line: line.toString().trim() };
}

describe("the directory", () => {
  test("is made for its owner alone, and opens again after it was closed", async () => {
    for (let round = 0; round < 2; round++) {
      await using data = await openDataDir(path);
      expect(data.path).toBe(path);
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
  });

  test("is refused to a second opener in the same process, with one line that names the process", async () => {
    await using _data = await openDataDir(path);
    await expect(openDataDir(path)).rejects.toMatchObject({
      name: "AppError",
      code: "CONFLICT",
      message: `The data directory ${path} is in use by process ${process.pid}.`,
    });
  });

  test("is refused while another process has it, and free the moment that process is killed", async () => {
    const { child, line } = await other();
    expect(line).toBe("opened");
    await expect(openDataDir(path)).rejects.toThrow(`The data directory ${path} is in use by process ${child.pid}.`);

    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    await using data = await openDataDir(path);
    expect((await other()).line).toBe(`The data directory ${path} is in use by process ${process.pid}.`);
    expect(data.path).toBe(path);
  });

  test("closing twice is no error, and the lock of the next owner stays", async () => {
    const first = await openDataDir(path);
    await first.close();
    await using _second = await openDataDir(path);
    await first.close();
    await expect(openDataDir(path)).rejects.toThrow(`in use by process ${process.pid}`);
  });

  test("that cannot be made is refused with one line", async () => {
    writeFileSync(join(home, "deep"), "a file");
    await expect(openDataDir(path)).rejects.toThrow(`The data directory ${path} cannot be used (ENOTDIR).`);
  });
});

describe("secrets", () => {
  test("are made once, one for each name, for the owner's eyes", async () => {
    let first: string;
    {
      await using data = await openDataDir(path);
      first = await data.secret("token-key");
      expect(Buffer.from(first, "base64url")).toHaveLength(32);
      expect(await data.secret("token-key")).toBe(first);
      expect(await data.secret("other-key")).not.toBe(first);
      expect(statSync(join(path, "secrets", "token-key")).mode & 0o777).toBe(0o600);
      expect(statSync(join(path, "secrets")).mode & 0o777).toBe(0o700);
    }
    await using again = await openDataDir(path);
    expect(await again.secret("token-key")).toBe(first);
  });

  test("half written by a killed process are made anew", async () => {
    await using data = await openDataDir(path);
    await data.secret("one");
    writeFileSync(join(path, "secrets", "two.new"), "ha");
    expect(await data.secret("two")).toMatch(/^[\w-]{43}$/);
  });

  test("that are damaged stop the start instead of ending every session", async () => {
    await using data = await openDataDir(path);
    await data.secret("one");
    const file = join(path, "secrets", "one");
    chmodSync(file, 0o600);
    writeFileSync(file, "short");
    await expect(data.secret("one")).rejects.toThrow(`The secret ${file} is damaged.`);
    expect(readFileSync(file, "utf8")).toBe("short");
  });

  test("have plain names", async () => {
    await using data = await openDataDir(path);
    await expect(data.secret("../../etc/passwd")).rejects.toThrow("not a name for a secret");
  });
});
