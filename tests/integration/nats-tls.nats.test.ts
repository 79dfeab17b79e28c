import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { natsRoles } from "#adapters/nats/rights.ts";
import type { NatsPasswords } from "#dev/servers/nats.ts";
import { freePort } from "#dev/servers/server-process.ts";
import { type Certificate, certificateFor } from "#tests/support/certificate.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { type Running, runProgram } from "#tests/support/program.ts";

// In the cloud everybody comes to NATS over TLS, as his role, with a password (infra/nats.ts). Here a worker does, as the process that it is.

const bin = findNatsServer();
testNatsServerIsHere();
const passwordOf = (role: string) => `the password of ${role}`;
const passwords = Object.fromEntries(natsRoles.map((role) => [role, passwordOf(role)])) as NatsPasswords;
const startMsMax = 20_000;

describe.skipIf(bin === null)("NATS over TLS, with a user for each role", () => {
  let own: Certificate;
  let server: NatsServer;
  const programs: Running[] = [];
  beforeAll(async () => {
    own = certificateFor("localhost");
    server = await startNatsServer(bin as string, { passwords, tls: own });
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.giveUp()));
    await server[Symbol.asyncDispose]();
    own[Symbol.dispose]();
  });

  const start = async (changes: Readonly<Record<string, string>> = {}) => {
    const port = await freePort();
    const program = runProgram("workers/ai-gateway/main.ts", [], {
      NATS_URL: server.url,
      NATS_USER: "ai-gateway",
      NATS_PASSWORD: passwordOf("ai-gateway"),
      HEALTH_PORT: String(port),
      NODE_EXTRA_CA_CERTS: own.certFile,
      ...changes,
    });
    programs.push(program);
    return { program, ready: () => fetch(`http://127.0.0.1:${port}/health/ready`) };
  };

  test("lets a worker in that trusts it and knows its password; streams and consumers and all", async () => {
    const { program, ready } = await start();
    expect(await program.until(() => program.stdout().includes("worker ready"), startMsMax)).toBe(true);
    expect((await ready()).status).toBe(200);
  });

  test.concurrent.each([
    ["with a wrong password", /refuse|Authorization/iu, () => ({ NATS_PASSWORD: "wrong" })],
    ["that does not know who signed its certificate", /NATS/u, () => ({ NODE_EXTRA_CA_CERTS: "/dev/null" })],
    [
      "by a name that its certificate does not have",
      /NATS/u,
      () => ({ NATS_URL: server.url.replace("localhost", "127.0.0.1") }),
    ],
    ["without TLS", /NATS/u, () => ({ NATS_URL: server.url.replace("wss:", "ws:") })],
  ] as const)("has a worker wait outside %s, and say so", async (_, words, changes) => {
    const { program, ready } = await start(changes());
    expect(await program.until(() => words.test(program.stdout()), startMsMax)).toBe(true);
    const answer = await vi.waitFor(ready, { timeout: startMsMax, interval: 50 });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("nats");
    expect(program.stdout()).not.toContain("worker ready");
  });
});
