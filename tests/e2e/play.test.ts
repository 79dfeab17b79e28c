import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Backend, freePort, startTestBackend } from "#tests/support/dev.ts";
import { message } from "#tests/support/frames.ts";
import { connect, greeted } from "#tests/support/player.ts";
import { type Account, newAccount } from "#tests/support/rest.ts";
import { captureLog } from "#tests/support/run-logs.ts";
import { startTcpProxy, type TcpProxy } from "#tests/support/tcp-proxy.ts";

const program = join(import.meta.dirname, "../../cli/play.ts");
const patienceMs = 20_000;

/** The terminal client as its own process, and what it shows. */
type Client = AsyncDisposable & {
  type(text: string): void;
  endInput(): void;
  /** Everything it has shown so far. */
  shown(): string;
  until(pattern: RegExp): Promise<void>;
  readonly ended: Promise<number | null>;
};

describe("the terminal client", () => {
  let backend: Backend;
  let proxy: TcpProxy;
  let hurtUrl: string;
  let home: string;
  beforeAll(async () => {
    proxy = await startTcpProxy();
    const port = await freePort();
    hurtUrl = proxy.before(`http://127.0.0.1:${port}`);
    backend = await startTestBackend({ PORT: String(port) });
    home = await mkdtemp(join(tmpdir(), "thousand-worlds-play-"));
  });
  afterAll(async () => {
    await backend?.[Symbol.asyncDispose]();
    await proxy?.[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  /** `isTty`: on a terminal of its own, which `script` makes. */
  function start(args: readonly string[], { isTty = false, env = {} } = {}): Client {
    const command = [process.execPath, program, ...args];
    const [file, ...rest] = isTty
      ? ["script", "-qfec", command.map((each) => `'${each}'`).join(" "), "/dev/null"]
      : command;
    const child = spawn(file!, rest, {
      env: { PATH: process.env["PATH"], HOME: home, TERM: "xterm", XDG_STATE_HOME: join(home, "state"), ...env },
      cwd: tmpdir(),
    });
    let text = "";
    let news = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (some: string) => {
        text += some;
        captureLog(some);
        news.resolve();
        news = Promise.withResolvers();
      });
    }
    const ended = once(child, "close").then(([code]) => (news.resolve(), code as number | null));
    return {
      type: (line) => child.stdin.write(line),
      endInput: () => child.stdin.end(),
      shown: () => text,
      ended,
      async until(pattern) {
        const late = AbortSignal.timeout(patienceMs);
        while (!pattern.test(text)) {
          if (late.aborted || child.exitCode !== null) throw new Error(`${pattern} was not shown, but:\n${text}`);
          await Promise.race([news.promise, once(late, "abort")]);
        }
      },
      async [Symbol.asyncDispose]() {
        child.stdin.destroy();
        if (child.exitCode === null) child.kill("SIGKILL");
        await ended;
      },
    };
  }

  test("somebody new makes an account through a pipe, walks, and the end of the pipe is goodbye", async () => {
    await using client = start(["--url", backend.url]);
    const lines = ["new", "pipe@e2e.example", "Piper", "four unrelated words", "four unrelated words", "1", "north"];
    client.type([...lines, "map", "nonsense", "/quit", ""].join("\n"));
    expect(await client.ended).toBe(0);
    expect(client.shown()).toContain("* You are Piper");
    expect(client.shown()).toMatch(/> north\n(?:.*\n)*?You walk north\./u);
    expect(client.shown()).not.toContain("four unrelated words");
    // eslint-disable-next-line no-control-regex
    expect(client.shown()).not.toMatch(/\u001B/u);
  });

  test("lines of a pipe are all sent, and what came of them is told before it ends", async () => {
    const { email, password } = await newAccount(backend.url, "PipeMany");
    const ben = await connect(backend.url, await newAccount(backend.url, "PipeBen"), { v1: true });
    await greeted(ben);
    await using client = start(["--url", backend.url, "--user", email, "--as", "lobby"]);
    const said = Array.from({ length: 45 }, (_, i) => `say ${i + 1}.`);
    client.type([password, ...said, "map", ""].join("\n"));
    client.endInput();
    const spoken: string[] = [];
    while (spoken.length < said.length) spoken.push((await ben.next(message("speech", /\./u))).data.text);
    expect(spoken).toEqual(said.map((_, i) => `PipeMany says: "${i + 1}."`));
    expect(await client.ended).toBe(0);
    expect(client.shown()).toContain("@ you");
    await ben.next(message("departure", /PipeMany/u));
    await ben.close();
  });

  test.skipIf(process.platform !== "linux")(
    "on a terminal the password is not shown, Tab completes, colours mean something and Ctrl-D leaves",
    async () => {
      const account = await newAccount(backend.url, "TtyAnn");
      await using client = await onTerminal(backend.url, account, ["--keep"]);
      expect(client.shown()).not.toContain(account.password);
      client.type("nor\t");
      await client.until(/> (?:\S*)north/u);
      client.type("\r");
      await client.until(/You walk north\./u);
      client.type("map\r");
      await client.until(/@ you/u);
      // eslint-disable-next-line no-control-regex
      expect(client.shown()).toMatch(/\u001B\[\d/u);
      client.type("say half a \u0003");
      await client.until(/Ctrl-C again/u);
      client.type("\u0004");
      expect(await client.ended).toBe(0);

      const kept = join(home, "state/thousand-worlds/sessions.json");
      expect((await stat(kept)).mode & 0o777).toBe(0o600);
      expect(await readFile(kept, "utf8")).not.toContain(account.password);
      const history = await readFile(join(home, "state/thousand-worlds/history"), "utf8");
      expect(history.split("\n")).toEqual(["north", "map", ""]);

      await using again = start(["--url", backend.url, "--as", "lobby"], { isTty: true, env: { NO_COLOR: "1" } });
      await again.until(/You are TtyAnn/u);
      await again.until(/A quiet square room/u);
      again.type("\u001B[A\r");
      await again.until(/@ you/u);
      // eslint-disable-next-line no-control-regex
      expect(again.shown()).not.toMatch(/\u001B\[(?:\d+;)*\d+m/u);
      again.type("/quit\r");
      expect(await again.ended).toBe(0);
    },
  );

  test("a link that breaks is told of, comes back, and no line is lost or doubled", async () => {
    const account = await newAccount(backend.url, "CutTty");
    const ben = await connect(backend.url, await newAccount(backend.url, "CutPal"), { v1: true });
    await greeted(ben);
    await using client = await onTerminal(hurtUrl, account, []);
    ben.say("say one");
    await client.until(/"one"/u);
    proxy.hold();
    proxy.cut();
    await client.until(/The link is lost/u);
    for (const word of ["two", "three"]) ben.say(`say ${word}`);
    await ben.next(message("speech_self", /three/u));
    client.type("say back again\r");
    proxy.release();
    proxy.cut();
    await client.until(/You are connected again/u);
    await client.until(/You say: "back again"/u);
    await ben.next(message("speech", /back again/u));
    const heard = [...client.shown().matchAll(/CutPal says: "(\w+)"/gu)].map(([, word]) => word);
    expect(heard).toEqual(["one", "two", "three"]);
    expect(ben.frames.filter((frame) => message("speech", /back again/u)(frame))).toHaveLength(1);
    client.type("/quit\r");
    expect(await client.ended).toBe(0);
    await ben.close();
  });

  test("a server that is not there, and a world that nobody has, are told in a line", async () => {
    const nowhere = start(["--url", `http://127.0.0.1:${await freePort()}`, "--user", "a@e2e.example"]);
    await using _ = nowhere;
    nowhere.type("whatever it is\n");
    expect(await nowhere.ended).toBe(1);
    expect(nowhere.shown()).toContain("does not answer. Does the server run");
    await using wrong = start(["--url", "localhost"]);
    expect([await wrong.ended, wrong.shown()]).toEqual([2, expect.stringMatching(/^--url must be .*\n$/u)]);
  });

  async function onTerminal(url: string, { email, password }: Account, args: readonly string[]): Promise<Client> {
    const client = start(["--url", url, "--user", email, "--as", "lobby", ...args], { isTty: true });
    await client.until(/Password: /u);
    client.type(`${password}\r`);
    await client.until(/A quiet square room/u);
    return client;
  }
});
