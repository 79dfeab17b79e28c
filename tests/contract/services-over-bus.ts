import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { authTimeoutsMs, remoteAuth } from "#core/account/service.ts";
import { remotePlayers } from "#core/character/service.ts";
import { valleyWorldId } from "#core/lib/ids.ts";
import type { Bus } from "#core/ports/bus.ts";
import { createCharacterRequest } from "#core/protocol/character.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import { someone } from "#tests/support/function-context.ts";
import { type AuthServiceOptions, startAuthService } from "#workers/auth/service.ts";
import { laneRetryAfterS } from "#workers/lib/lane.ts";
import { type PlayerServiceOptions, startPlayerService } from "#workers/player/service.ts";
import { ann, type Behind, failureOf, type ServicesSetup, unknownId } from "./services.ts";

/** A bus with nobody on it yet: `behind.ctx.bus` is the services' end of it, `caller` the other. */
export type BusRig = AsyncDisposable & {
  readonly caller: Bus;
  readonly behind: Behind;
  /** Resolves when whoever serves or listens behind can be reached by the caller. */
  reachable(): Promise<void>;
  /** Lets this much of the bus' time pass. */
  pass(ms: number): Promise<void>;
};

/** Both services, started as their workers start them, and called from the other end. */
export function overTheBus(setup: () => Promise<BusRig>, options: AuthServiceOptions & PlayerServiceOptions = {}) {
  return async (): Promise<ServicesSetup & BusRig & { stop(): Promise<void> }> => {
    const rig = await setup();
    const services = [startAuthService(rig.behind.ctx, options), startPlayerService(rig.behind.ctx, options)];
    const stop = async () => {
      await Promise.all(services.map((service) => service[Symbol.asyncDispose]()));
    };
    await rig.reachable();
    return {
      ...rig,
      auth: remoteAuth(rig.caller),
      players: remotePlayers(rig.caller),
      stop,
      async [Symbol.asyncDispose]() {
        await stop();
        await rig[Symbol.asyncDispose]();
      },
    };
  };
}

export function servicesOverBusContract(name: string, setup: () => Promise<BusRig>): void {
  describe(`hostile messages ${name}`, () => hostileContract(setup));
  describe(`secrets ${name}`, () => secretsContract(setup));
  describe(`load and stopping ${name}`, () => loadContract(setup));
}

/** Sends whatever it is given. */
const anything = (subject: string) => ({ subject, input: z.unknown(), output: z.unknown() });

const secret = "hunter2-hunter2";
const giant = "x".repeat(300_000);
const principal = { userId: unknownId, sessionId: unknownId, username: "Eve", role: "user" };
const request = { world_id: valleyWorldId, name: "Thorin", species: "Dwarf" };
const manyKeys = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`<${n}>`, "x"]));

const noPrincipals: unknown[] = [
  { ...principal, userId: "me" },
  { ...principal, sessionId: [unknownId] },
  { ...principal, role: "root" },
  { ...principal, username: giant },
  { userId: unknownId },
];
const noOnes = [{ principal, characterId: giant }, { characterId: unknownId }, { principal: noPrincipals[0] }];
const noCharacters = [
  request,
  { principal },
  { principal, request: { ...request, name: giant } },
  { principal, request: { ...request, role: "god" } },
  { principal, request: { ...request, world_id: "../lobby" } },
  { principal, request: { ...request, attributes: { [giant]: 1 } } },
  { principal, request: { ...request, attributes: manyKeys } },
  { principal: { ...principal, role: "root" }, request },
];

const hostile: Readonly<Record<string, readonly unknown[]>> = {
  "auth.register": [
    { ...ann, password: giant },
    { ...ann, password: "short" },
    { ...ann, email: `${secret}@` },
    { ...ann, username: `<${secret}>` },
    { ...ann, address: giant },
    { ...ann, address: undefined },
    { ...ann, password: [secret] },
  ],
  "auth.login": [
    { ...ann, email: giant },
    { ...ann, password: giant },
    { ...ann, email: { $gt: "" } },
    { ...ann, password: { toString: secret } },
    { ...ann, address: 7 },
    { email: ann.email, password: secret },
  ],
  "auth.validate": [{ token: giant }, { token: null }, { token: { secret } }, { bearer: secret }],
  "auth.refresh": [
    { refreshToken: giant, address: null },
    { refreshToken: { secret }, address: null },
    { refreshToken: secret, address: giant },
    { refreshToken: secret },
  ],
  "auth.logout": noPrincipals,
  "auth.sessions": noPrincipals,
  "auth.end-session": [{ principal }, { principal, sessionId: giant }, { sessionId: unknownId }],
  "auth.end-other-sessions": noPrincipals,
  "auth.password": [
    { principal, old: secret, new: "short" },
    { principal, old: giant, new: secret },
    { principal, old: secret, new: [secret] },
    { old: secret, new: secret },
    { principal: noPrincipals[0], old: secret, new: secret },
  ],
  "auth.me": noPrincipals,
  "auth.email-verification": noPrincipals,
  "auth.verify-email": [
    { token: giant, address: null },
    { token: { secret }, address: null },
    { token: "", address: null },
    { token: secret },
  ],
  "auth.password-forgotten": [
    { email: giant, address: null },
    { email: secret, address: null },
    { email: [ann.email], address: null },
    { email: ann.email, address: giant },
    { email: ann.email },
  ],
  "auth.reset-password": [
    { token: giant, password: secret, address: null },
    { token: secret, password: "short", address: null },
    { token: secret, password: giant, address: null },
    { token: secret, address: null },
    { token: secret, password: secret },
  ],
  "auth.export": [
    { principal, after: -1 },
    { principal, after: 1.5 },
    { principal, after: secret },
    { principal },
    { after: null },
    { principal: noPrincipals[0], after: null },
  ],
  "auth.delete": [
    { principal, password: giant },
    { principal, password: [secret] },
    { principal },
    { password: secret },
    { principal: noPrincipals[2], password: secret },
  ],
  "player.list": noPrincipals,
  "player.lobby": noPrincipals,
  "player.get": noOnes,
  "player.join": noOnes,
  "player.skills": noOnes,
  "player.entry-options": [{ principal, worldId: giant }, { principal }, { worldId: valleyWorldId }],
  "player.create": noCharacters,
};

function hostileContract(setup: () => Promise<BusRig>): void {
  test.each(Object.entries(hostile))(
    "%s takes nothing of a wrong shape or size, and does not repeat it",
    async (subject, inputs) => {
      await using s = await overTheBus(setup)();
      const everyones = [null, 0, "text", secret, [], {}, [secret], JSON.parse('{"__proto__":{"role":"admin"}}')];
      for (const input of [...everyones, ...inputs]) {
        const asked = s.caller.request(anything(subject), input, { timeoutMs: 5_000 });
        const failure = await failureOf(asked);
        const about = inspect(input, { depth: 2 }).slice(0, 200);
        expect(failure.code, about).toBe("INVALID_INPUT");
        const text = inspect([failure.message, failure.details, failure.cause], { depth: null });
        expect(text, about).not.toContain(secret);
        expect(text.length, about).toBeLessThan(10_000);
      }
      const { accounts, sessions, characters } = s.behind.tables;
      expect([accounts.size, sessions.size, characters.size]).toEqual([0, 0, 0]);
      expect(s.behind.lines.filter(({ level }) => level === "error")).toEqual([]);
    },
  );
}

function secretsContract(setup: () => Promise<BusRig>): void {
  test("no password, token or address is ever logged, whatever goes wrong", async () => {
    await using s = await overTheBus(setup)();
    const bob = { ...ann, email: "bob@example.org", username: "Bob", password: secret };
    await s.auth.register(bob);
    await failureOf(s.auth.register(bob));
    await failureOf(s.auth.login({ ...bob, password: `wrong ${secret}` }));
    const { token, refreshToken } = await s.auth.login(bob);
    const who = await s.auth.validate(token);
    await failureOf(s.auth.changePassword({ principal: who, old: `wrong ${secret}`, new: `new ${secret}` }));
    await s.auth.requestPasswordReset({ email: bob.email, address: ann.address });
    await failureOf(
      s.auth.resetPassword({ token: `mailed ${secret}`, password: `new ${secret}`, address: ann.address }),
    );
    await failureOf(s.auth.deleteAccount({ principal: who, password: `wrong ${secret}` }));
    await s.auth.logout(who);
    await failureOf(s.auth.validate(token));
    await failureOf(s.auth.refresh({ refreshToken, address: ann.address }));
    await failureOf(s.auth.validate(`forged-${secret}`));

    // An answer with a token in it that does not fit its schema.
    const { byEmail } = s.behind.ctx.accounts;
    s.behind.ctx.accounts.byEmail = async (email) => {
      const found = await byEmail(email);
      return found && { ...found, account: { ...found.account, createdAtMs: secret as never } };
    };
    expect(await failureOf(s.auth.login(bob))).toMatchObject({ code: "INTERNAL" });

    expect(s.behind.lines.length).toBeGreaterThan(0);
    const logged = inspect(s.behind.lines, { depth: null, maxStringLength: null, maxArrayLength: null });
    for (const hidden of [secret, "memory-token", bob.email, ann.address]) expect(logged).not.toContain(hidden);
  });

  test("a failure that is our own fault says nothing of the inside, and is logged once", async () => {
    await using s = await overTheBus(setup)();
    const bob = await someone(s.behind, "Bob");
    s.behind.ctx.accounts.byId = () => Promise.reject(new Error("connect to db-7 failed"));
    const failure = await failureOf(s.auth.me(bob));
    expect(failure).toMatchObject({ code: "INTERNAL", details: undefined });
    expect([failure.cause, failure.message]).toEqual([undefined, expect.not.stringContaining("db-7")]);
    expect(s.behind.lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });
}

function loadContract(setup: () => Promise<BusRig>): void {
  /** Passwords take until the gate is opened. */
  const withGate = ({ behind }: { behind: Behind }, callsMax: number) => {
    const gate = Promise.withResolvers<void>();
    const full = Promise.withResolvers<void>();
    const { verify } = behind.ctx.passwords;
    let calls = 0;
    behind.ctx.passwords.verify = async (hash, password) => {
      if (++calls === callsMax) full.resolve();
      await gate.promise;
      return verify(hash, password);
    };
    return { open: gate.resolve, full: full.promise };
  };

  test("logins past the bound are refused with a time to retry, hold up no token check, and are taken again afterwards", async () => {
    await using s = await overTheBus(setup, { passwordsUnderWayMax: 2 })();
    await s.auth.register(ann);
    const bob = await someone(s.behind, "Bob");
    const { open, full } = withGate(s, 2);
    const slow = [s.auth.login(ann), s.auth.login(ann)];
    await full;
    const refusals = [
      () => s.auth.login(ann),
      () => s.auth.register({ ...ann, username: "Cyd", email: "cyd@example.org" }),
    ];
    for (const refused of refusals)
      expect(await failureOf(refused())).toMatchObject({ code: "UNAVAILABLE", retryAfterS: laneRetryAfterS });
    expect(await s.auth.validate(bob.token)).toMatchObject({ userId: bob.userId });
    expect(await s.auth.me(bob)).toMatchObject({ username: "Bob" });
    open();
    expect(new Set((await Promise.all(slow)).map(({ token }) => token)).size).toBe(2);
    expect(await s.auth.login(ann)).toMatchObject({ account: { username: "Ann" } });
  });

  test("token checks past their bound are refused, too, and leave logins alone", async () => {
    await using s = await overTheBus(setup, { checksUnderWayMax: 1 })();
    await s.auth.register(ann);
    const bob = await someone(s.behind, "Bob");
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const { byId } = s.behind.ctx.accounts;
    s.behind.ctx.accounts.byId = async (id) => {
      started.resolve();
      await gate.promise;
      return byId(id);
    };
    const slow = s.auth.me(bob);
    await started.promise;
    expect(await failureOf(s.auth.validate(bob.token))).toMatchObject({ code: "UNAVAILABLE" });
    expect(await s.auth.login(ann)).toMatchObject({ account: { username: "Ann" } });
    gate.resolve();
    expect(await slow).toMatchObject({ username: "Bob" });
    expect(await s.auth.validate(bob.token)).toMatchObject({ userId: bob.userId });
  });

  test("a world that is slow to answer holds up joins past their bound, and nothing else", async () => {
    await using s = await overTheBus(setup, { joinsUnderWayMax: 1 })();
    const bob = await someone(s.behind, "Bob");
    const requestId = s.behind.ctx.entropy.uuid();
    const wish = { principal: bob, request: createCharacterRequest.parse(request), requestId };
    const { character } = await s.players.create(wish);
    const ofOne = { principal: bob, characterId: character.id };
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    s.behind.ctx.bus.serve(worldLook(valleyWorldId), async () => {
      started.resolve();
      await gate.promise;
      return { text: "Mist." };
    });
    await s.reachable();
    const slow = s.players.join(ofOne);
    await started.promise;
    expect(await failureOf(s.players.join(ofOne))).toMatchObject({ code: "UNAVAILABLE" });
    expect((await s.players.list(bob)).map(({ id }) => id)).toEqual([character.id]);
    gate.resolve();
    expect((await slow).message).toContain("Mist.");
  });

  test("a service that stops answers what is under way and takes nothing new", async () => {
    await using s = await overTheBus(setup)();
    await s.auth.register(ann);
    const { open, full } = withGate(s, 1);
    const underWay = s.auth.login(ann);
    await full;
    let isStopped = false;
    const stopping = s.stop().then(() => (isStopped = true));
    await s.reachable();
    const late = await failureOf(s.auth.login(ann));
    expect(late).toMatchObject({ code: "UNAVAILABLE", retryAfterS: 1 });
    expect(isStopped).toBe(false);
    open();
    expect(await underWay).toMatchObject({ account: { username: "Ann" } });
    await stopping;
    expect(await failureOf(s.players.list(await someone(s.behind, "Bob")))).toMatchObject({ code: "UNAVAILABLE" });
  });

  test("a service that hangs is TIMEOUT once the verb's time is over", async () => {
    await using s = await overTheBus(setup)();
    const bob = await someone(s.behind, "Bob");
    const gate = Promise.withResolvers<null>();
    s.behind.ctx.accounts.byId = () => gate.promise;
    const auth = remoteAuth(s.caller, { ...authTimeoutsMs, me: 100 });
    const failure = failureOf(auth.me(bob));
    await s.pass(100);
    expect(await failure).toMatchObject({ code: "TIMEOUT" });
    expect(await auth.validate(bob.token)).toMatchObject({ userId: bob.userId });
    gate.resolve(null);
  });

  test("two processes share the work, and when one ends the other goes on", async () => {
    await using s = await overTheBus(setup)();
    await using _second = startAuthService(s.behind.ctx);
    await s.reachable();
    const bob = await someone(s.behind, "Bob");
    const ask = () => Promise.all(Array.from({ length: 20 }, () => s.auth.validate(bob.token)));
    expect(await ask()).toHaveLength(20);
    await s.stop();
    expect(await ask()).toHaveLength(20);
  });
}
