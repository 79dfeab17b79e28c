import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServices, type Services } from "#dev/services/start.ts";
import { configFromEnv } from "#functions/config.ts";
import { silentLog } from "#tests/support/database.ts";
import { temporaryDirectory } from "#tests/support/dev.ts";
import { measurements } from "#tests/support/measured.ts";
import { connect, here } from "#tests/support/player.ts";
import { call, newAccount, refusal } from "#tests/support/rest.ts";
import { runCli } from "#tests/support/run-cli.ts";
import { captureLog } from "#tests/support/run-logs.ts";
import { expectNoSecretsIn } from "#tests/support/secrets.ts";
import { removeServices, servicesCanRun, testServersAreHere } from "#tests/support/services.ts";

testServersAreHere();

// An administrator works on the servers, not over the network; the one process has its database to itself while it runs.

describe.runIf(servicesCanRun)("with every service in a process of its own, a ban by the admin tool", () => {
  const closers = new AsyncDisposableStack();
  const lines: string[] = [];
  const measured = measurements("from the start of the admin tool to the close of a banned user's socket");
  let services: Services;
  beforeAll(async () => {
    const dataDir = closers.use(await temporaryDirectory());
    closers.defer(() => removeServices(dataDir.path));
    services = closers.use(
      await startServices({
        workers: { world: 1, auth: 1, player: 1 },
        config: configFromEnv({ DATA_DIR: dataDir.path, PORT: "0", LOG_LEVEL: "debug" }),
        log: silentLog,
        print(line) {
          lines.push(line);
          captureLog(`${line}\n`);
        },
        onProgress: () => {},
      }),
    );
  });
  afterAll(async () => {
    measured.print();
    await closers.disposeAsync();
  });

  test("closes every socket of the user before the tool has ended for a second, and lets nobody in again", async () => {
    const account = await newAccount(services.url, "Rascal");
    const player = await here(connect(services.url, account));
    const bystander = await here(connect(services.url, await newAccount(services.url, "Bystander")));
    const startedMs = performance.now();
    const banning = runCli("admin", ["users", "ban", account.username], {
      env: { ...services.servers.env, ...services.servers.roleEnv("admin") },
    });
    const closedAtMs = player.closed.then(() => performance.now());
    const { code, stderr } = await banning;
    const doneMs = performance.now();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // It is told at the very end; the tool then takes a while to let go of its connections.
    expect((await closedAtMs) - doneMs).toBeLessThan(1_000);
    measured.note("ban", (await closedAtMs) - startedMs);
    measured.note("after the tool had ended (before it, where it is less than nothing)", (await closedAtMs) - doneMs);

    const me = await call(services.url, "GET", "/api/auth/me", { token: account.token });
    expect(refusal(me)).toEqual({ status: 401, code: "SESSION_EXPIRED" });
    await expect(connect(services.url, account)).rejects.toMatchObject({ status: 401 });
    const { email, password } = account;
    const again = await call(services.url, "POST", "/api/auth/login", { body: { email, password } });
    expect(refusal(again)).toEqual({ status: 403, code: "FORBIDDEN" });
    bystander.say("say who was that");
    await bystander.settled();
  });

  test("leaves nothing that is nobody else's business in any log", () => {
    expectNoSecretsIn(lines.join("\n"));
  });
});
