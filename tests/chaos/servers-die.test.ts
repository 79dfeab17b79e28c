import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { systemClock } from "#adapters/system-clock.ts";
import type { ServerProcess } from "#dev/servers/server-process.ts";
import { type Chaos, hasServers, serversAreHere, startChaos } from "#tests/support/chaos-rig.ts";
import { measurements } from "#tests/support/measured.ts";
import { type Account, call, refusal } from "#tests/support/rest.ts";
import { seed } from "#tests/support/seed.ts";
import { HandshakeRefused, wsClient } from "#tests/support/ws-client.ts";

serversAreHere();

type Server = "postgres" | "redis" | "nats";
const names: readonly Server[] = ["nats", "redis", "postgres"];
/** In production it may be a minute; docs/reliability.md says what came of that. */
const goneMs = 8_000;
const frozenMs = 5_000;
/** From the moment at which the server takes connections again until everyone has been answered. */
const recoveryMsMax = 12_000;

/** What says no while the server is away, and what it is called at /health/ready. */
const known = {
  nats: { check: "nats", refusesTyping: true, refusesSessions: false },
  redis: { check: "redis", refusesTyping: true, refusesSessions: true },
  postgres: { check: "database", refusesTyping: false, refusesSessions: false },
} as const;

describe.skipIf(!hasServers)(`servers that die and come back (E2E_SEED=${seed})`, () => {
  let chaos: Chaos;
  let logins = 0;
  const measured = measurements("Servers that die");

  beforeAll(async () => {
    chaos = await startChaos();
    await chaos.bot("Ada", { v1: true, habit: "talks" });
    await chaos.bot("Ben", { v1: false, habit: "talks" });
    await chaos.bot("Cleo", { v1: true, habit: "talks", world: "Hearthvale" });
    await chaos.bot("Wim", { v1: true, habit: "travels" });
  });
  afterAll(async () => {
    measured.print();
    await chaos[Symbol.asyncDispose]();
  });

  const serverOf = (name: Server): ServerProcess => chaos.services.servers[name]!;
  const pids = (): (number | undefined)[] => [...chaos.services.children.values()].map(({ pid }) => pid);
  const anybody = (): Account => chaos.bots[0]!.account;
  const me = () => call(chaos.url, "GET", "/api/auth/me", { token: anybody().token });
  /** Five times a minute is what one account may. */
  const loginAgain = () => {
    const { email, password } = chaos.bots[++logins % chaos.bots.length]!.account;
    return call(chaos.url, "POST", "/api/auth/login", { body: { email, password } });
  };
  const handshake = () =>
    wsClient(`${chaos.url}/api/game/ws`, { headers: { authorization: `Bearer ${anybody().token}` } });

  /** What somebody meets who comes while the server is away. */
  async function expectClearErrors(name: Server, codes: readonly string[]): Promise<void> {
    const { check, refusesSessions } = known[name];
    const [login, session, ready, socket] = await Promise.all([
      loginAgain(),
      me(),
      call(chaos.url, "GET", "/health/ready"),
      handshake().catch((error: unknown) => error),
    ]);
    expect(codes).toContain(refusal(login).code);
    expect([503, 504]).toContain(login.status);
    if (refusesSessions) expect(codes).toContain(refusal(session).code);
    expect(ready.status).toBe(503);
    const { checks } = readiness.parse(ready.json());
    expect(checks[check]).not.toBe("ok");
    expect(Object.entries(checks).filter(([other, outcome]) => other !== check && outcome !== "ok")).toEqual([]);
    expect(socket).toBeInstanceOf(HandshakeRefused);
    expect([503, 504]).toContain((socket as HandshakeRefused).status);
  }

  /** Who types meanwhile is told; or it is kept for him, where it can be. */
  function expectRefusals(name: Server, sinceMs: number): void {
    if (!known[name].refusesTyping) return;
    const told = chaos.bots.flatMap(({ refusals }) => refusals.filter(({ atMs }) => atMs >= sinceMs));
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ code }) => !["UNAVAILABLE", "TIMEOUT", "INTERNAL"].includes(code))).toEqual([]);
  }

  async function expectRecovery(what: string, atMs: number, processes: readonly (number | undefined)[]): Promise<void> {
    const answeredAtMs = await Promise.all(chaos.bots.map((bot) => bot.answered(atMs)));
    expect(measured.note(what, Math.max(...answeredAtMs) - atMs)).toBeLessThan(recoveryMsMax);
    expect((await me()).status).toBe(200);
    expect((await loginAgain()).status).toBe(200);
    expect((await call(chaos.url, "GET", "/health/ready")).status).toBe(200);
    await chaos.steady();
    expect((await chaos.settled()).violations).toEqual([]);
    // Nobody had to start anything again.
    expect(pids()).toEqual(processes);
  }

  test.each(names)("%s killed and gone for 8 s: clear errors, then everything goes on", async (name) => {
    await chaos.steady();
    const processes = pids();
    const goneAtMs = systemClock.nowMs();
    await serverOf(name).kill();
    try {
      await expectClearErrors(name, ["UNAVAILABLE"]);
      await systemClock.sleep(goneAtMs + goneMs - systemClock.nowMs());
      expectRefusals(name, goneAtMs);
    } finally {
      await serverOf(name).start();
    }
    await expectRecovery(`${name} back after 8 s: all answered after`, systemClock.nowMs(), processes);
  });

  test.each(names)("%s frozen for 5 s: clear errors, then everything goes on", async (name) => {
    await chaos.steady();
    const processes = pids();
    const frozenAtMs = systemClock.nowMs();
    serverOf(name).freeze();
    try {
      // Nobody is kept waiting for ever: what is not served is refused, in words.
      const asked = Promise.all([loginAgain(), me()]);
      await systemClock.sleep(frozenAtMs + frozenMs - systemClock.nowMs());
      serverOf(name).thaw();
      for (const answer of await asked) {
        if (answer.status !== 200) expect(["UNAVAILABLE", "TIMEOUT"]).toContain(refusal(answer).code);
      }
    } finally {
      serverOf(name).thaw();
    }
    await expectRecovery(`${name} thawed after 5 s: all answered after`, systemClock.nowMs(), processes);
  });
});

const readiness = z.object({ status: z.string(), checks: z.record(z.string(), z.string()) });
