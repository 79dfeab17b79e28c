import { describe, expect, test } from "vitest";
import { memoryMail } from "#adapters/memory/mail.ts";
import { deliverLetters } from "#core/account/deliver-letters.ts";
import type { Principal } from "#core/account/model.ts";
import type { AuthService } from "#core/account/service.ts";
import { bornAt } from "#core/character/born-at.ts";
import { templateOf } from "#core/character/attributes.ts";
import { untrained } from "#core/character/skills.ts";
import type { PlayerService } from "#core/character/service.ts";
import { AppError, errorCodes } from "#core/lib/errors.ts";
import { type CharacterId, lobbyWorldId, valleyWorldId, type WorldId } from "#core/lib/ids.ts";
import { loginRequest, registerRequest } from "#core/protocol/account.ts";
import { tokenLengthMax } from "#core/protocol/auth-subjects.ts";
import { type CreateCharacterRequest, createCharacterRequest } from "#core/protocol/character.ts";
import { authRevoked, worldLook } from "#core/protocol/subjects.ts";
import { overTime } from "#tests/support/over-time.ts";
import { tokenIn } from "#tests/support/mail-rig.ts";
import { type functionContext, lobby, someone, startMs, valley } from "#tests/support/function-context.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";

export type Behind = Omit<ReturnType<typeof functionContext>, "ctx"> & {
  readonly ctx: Omit<ReturnType<typeof functionContext>["ctx"], "auth" | "players">;
};

export type ServicesSetup = AsyncDisposable & {
  readonly auth: AuthService;
  readonly players: PlayerService;
  /** What the services stand on, wherever they run. */
  readonly behind: Behind;
  /** Resolves when whoever serves or listens can be reached. */
  reachable(): Promise<void>;
};

export const ann = { email: "ann@example.org", username: "Ann", password: "correct horse", address: "198.51.100.1" };
export const unknownId = "00000000-0000-4000-8000-00000000dead";

/** Settles as the failure of `promise`; an answer is a failure of the test. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  return promise.then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
    (error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      return error as AppError;
    },
  );
}

const facts = ({ code, message, details, retryAfterS }: AppError) => ({ code, message, details, retryAfterS });

export function servicesContract(name: string, setup: () => Promise<ServicesSetup>): void {
  describe(`accounts ${name}`, () => accountsContract(setup));
  describe(`refusals ${name}`, () => refusalsContract(setup));
  describe(`characters ${name}`, () => charactersContract(setup));
}

function accountsContract(setup: () => Promise<ServicesSetup>): void {
  test("who registers can log in, is known by the token, and is nobody after logging out", async () => {
    await using s = await setup();
    const account = await s.auth.register(ann);
    expect(account).toEqual({
      id: account.id,
      email: ann.email,
      username: "Ann",
      role: "user",
      createdAtMs: startMs,
      lastLoginAtMs: null,
      emailVerifiedAtMs: null,
      lastWorldId: null,
    });
    await s.behind.clock.advance(5_000);
    const [first, second] = [await s.auth.login(ann), await s.auth.login(ann)];
    expect(first).toEqual({
      token: first.token,
      expiresInS: 86_400,
      refreshToken: first.refreshToken,
      sessionExpiresInS: 86_400,
      account: { ...account, lastLoginAtMs: startMs + 5_000 },
    });
    const principal = await s.auth.validate(first.token);
    expect(principal).toEqual({
      userId: account.id,
      sessionId: principal.sessionId,
      username: "Ann",
      role: "user",
    });
    expect(await s.auth.me(principal)).toEqual(first.account);

    expect(await s.auth.logout(principal)).toBeUndefined();
    expect(await failureOf(s.auth.validate(first.token))).toMatchObject({ code: "SESSION_EXPIRED" });
    expect(await s.auth.validate(second.token)).toMatchObject({ userId: account.id });
  });

  test("tokens are refreshed, and an old refresh token used too late ends the session and its sockets", async () => {
    await using s = await setup();
    await s.auth.register(ann);
    const { refreshToken: first } = await s.auth.login({ ...ann, isShortLived: true });
    const next = (refreshToken: string) => s.auth.refresh({ refreshToken, address: ann.address });
    const tokens = await next(first);
    expect(tokens).toEqual({
      token: expect.any(String),
      refreshToken: expect.any(String),
      expiresInS: 900,
      sessionExpiresInS: 86_400,
    });
    const { sessionId } = await s.auth.validate(tokens.token);
    const heard = new Promise((hear) => s.behind.ctx.bus.subscribe(authRevoked, hear));
    await s.reachable();
    await s.behind.clock.advance(30_000);
    expect(await failureOf(next(first))).toMatchObject({ code: "SESSION_EXPIRED" });
    expect(await heard).toEqual({ sessionId });
    expect(await failureOf(next(tokens.refreshToken))).toMatchObject({ code: "SESSION_EXPIRED" });
    for (const nonsense of ["", "nonsense", "x".repeat(tokenLengthMax), "x".repeat(tokenLengthMax + 1)])
      expect(await failureOf(next(nonsense))).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("sessions are listed and ended: one, all others, and all others with a change of password", async () => {
    await using s = await setup();
    await s.auth.register(ann);
    const open = async () => s.auth.validate((await s.auth.login(ann)).token);
    const own = await open();
    const ids = async () => (await s.auth.sessions(own)).map(({ id }) => id);
    expect(await s.auth.sessions(own)).toEqual([
      { id: own.sessionId, userId: own.userId, createdAtMs: startMs, expiresAtMs: startMs + 86_400_000 },
    ]);
    const other = await open();
    expect(await s.auth.endSession({ principal: own, sessionId: other.sessionId })).toBeUndefined();
    const again = s.auth.endSession({ principal: own, sessionId: other.sessionId });
    expect(await failureOf(again)).toMatchObject({ code: "NOT_FOUND" });
    await open();
    expect([await s.auth.endOtherSessions(own), await ids()]).toEqual([1, [own.sessionId]]);
    await open();
    const change = { principal: own, old: ann.password, new: "battery staple" };
    expect([await s.auth.changePassword(change), await ids()]).toEqual([1, [own.sessionId]]);
    expect(await failureOf(s.auth.changePassword(change))).toMatchObject({ code: "FORBIDDEN" });
    expect(await s.auth.login({ ...ann, password: "battery staple" })).toMatchObject({ account: { username: "Ann" } });
  });

  test("an address is verified and a password reset with what was mailed", async () => {
    await using s = await setup();
    const { id } = await s.auth.register(ann);
    const mail = memoryMail();
    const mailed = async () => {
      await deliverLetters({ ...s.behind.ctx, mail });
      return tokenIn(mail.sent.at(-1)?.text);
    };
    const { address } = ann;
    expect(await s.auth.verifyEmail({ token: await mailed(), address })).toBeUndefined();
    const who = await s.auth.validate((await s.auth.login(ann)).token);
    expect(await s.auth.me(who)).toMatchObject({ id, emailVerifiedAtMs: startMs });
    expect(await s.auth.requestEmailVerification(who)).toBeUndefined();

    expect(await s.auth.requestPasswordReset({ email: ann.email, address })).toBeUndefined();
    expect(await s.auth.requestPasswordReset({ email: "nobody@example.org", address })).toBeUndefined();
    const token = await mailed();
    expect(await s.auth.resetPassword({ token, password: "battery staple", address })).toBeUndefined();
    const again = s.auth.resetPassword({ token, password: "donkey engine", address });
    expect(await failureOf(again)).toMatchObject({ code: "NOT_FOUND" });
    expect(await failureOf(s.auth.verifyEmail({ token: "nonsense", address }))).toMatchObject({ code: "NOT_FOUND" });
    expect(await failureOf(s.auth.login(ann))).toMatchObject({ code: "UNAUTHORIZED" });
    expect(await s.auth.login({ ...ann, password: "battery staple" })).toMatchObject({ account: { id } });
  });

  test("what is kept about somebody is told to him, whole, and his account goes when he says so", async () => {
    await using s = await setup();
    await s.auth.register(ann);
    const principal = await s.auth.validate((await s.auth.login(ann)).token);
    const character = await s.players.lobby(principal);
    const stored = {
      version: 1,
      type: "spoke",
      schemaVersion: 1,
      payload: { characterId: character.id, text: "‹hello› 🦊" },
    };
    s.behind.tables.feed.push({ ...stored, position: 1, worldId: lobbyWorldId, metadata: {}, recordedAtMs: startMs });
    const first = await s.auth.exportAccount({ principal, after: null });
    expect(first).toMatchObject({
      about: {
        account: { email: ann.email },
        sessions: [{ id: principal.sessionId }],
        characters: [character],
        worlds: [],
        audit: [{ type: "logged-in", address: ann.address }, { type: "registered" }],
      },
      events: [],
    });
    expect(await s.auth.exportAccount({ principal, after: first.next })).toMatchObject({
      interviewEvents: [],
      next: 0,
    });
    expect(await s.auth.exportAccount({ principal, after: 0 })).toMatchObject({
      about: null,
      events: [{ position: 1, payload: { text: "‹hello› 🦊" } }],
      next: 5e14,
    });
    expect(await s.auth.exportAccount({ principal, after: 5e14 })).toMatchObject({
      biographyEvents: [{ characterId: character.id, version: 1, type: "created", atMs: character.createdAtMs }],
      next: null,
    });
    const remove = (password: string) => s.auth.deleteAccount({ principal, password });
    expect(await failureOf(remove("a guess of it"))).toMatchObject({ code: "FORBIDDEN" });
    expect(await remove(ann.password)).toBeUndefined();
    expect(await failureOf(remove(ann.password))).toMatchObject({ code: "UNAUTHORIZED" });
    expect(await failureOf(s.auth.exportAccount({ principal, after: 0 }))).toMatchObject({ code: "UNAUTHORIZED" });
    expect(await failureOf(s.auth.login(ann))).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("the last world of an account may be one of the ready-made, whose ids have no version", async () => {
    await using s = await setup();
    const bob = await someone(s.behind, "Bob");
    await s.behind.ctx.accounts.setLastWorld(bob.userId, lobbyWorldId);
    expect(await s.auth.me(bob)).toMatchObject({ lastWorldId: lobbyWorldId });
  });

  test("whoever holds the sockets of a session is told when it ends", async () => {
    await using s = await setup();
    const bob = await someone(s.behind, "Bob");
    const heard = new Promise((hear) => s.behind.ctx.bus.subscribe(authRevoked, hear));
    await s.reachable();
    await s.auth.logout(bob);
    expect(await heard).toEqual({ sessionId: bob.sessionId });
  });

  test("what the edge lets through for a login is never malformed further in, even if it grew there", async () => {
    await using s = await setup();
    const grown = loginRequest.parse({ email: "\u0130".repeat(320), password: "\u0344".repeat(512) });
    expect([grown.email.length, grown.password.length]).toEqual([640, 1024]);
    expect(await failureOf(s.auth.login({ ...grown, address: null }))).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a password of signs that normalisation takes apart is the same at registration and at login", async () => {
    await using s = await setup();
    const input = registerRequest.parse({ ...ann, password: "\u{1d15e}".repeat(64) });
    expect(input.password).toHaveLength(256);
    const { id } = await s.auth.register({ ...input, address: null });
    expect(await s.auth.login({ ...input, address: null })).toMatchObject({ account: { id } });
  });
}

function refusalsContract(setup: () => Promise<ServicesSetup>): void {
  test("an e-mail or a username that is taken is a conflict, and says which", async () => {
    await using s = await setup();
    await s.auth.register(ann);
    const sameEmail = await failureOf(s.auth.register({ ...ann, username: "Bob" }));
    const message = "That e-mail address has an account already.";
    expect(facts(sameEmail)).toEqual({
      code: "CONFLICT",
      message,
      details: [{ path: "email", message }],
      retryAfterS: undefined,
    });
    const sameName = await failureOf(s.auth.register({ ...ann, email: "bob@example.org", username: "aNN" }));
    expect(sameName).toMatchObject({ code: "CONFLICT", details: [{ path: "username" }] });
    expect(s.behind.tables.accounts.size).toBe(1);
  });

  test("an unknown user is refused with the same words as a wrong password", async () => {
    await using s = await setup();
    await s.auth.register(ann);
    const wrong = facts(await failureOf(s.auth.login({ ...ann, password: "incorrect horse" })));
    expect(wrong).toMatchObject({ code: "UNAUTHORIZED" });
    expect(facts(await failureOf(s.auth.login({ ...ann, email: "nobody@example.org" })))).toEqual(wrong);
  });

  test("too many guesses are refused with the time to wait", async () => {
    await using s = await setup();
    for (let n = 0; n < 5; n++) await failureOf(s.auth.login(ann));
    expect(await failureOf(s.auth.login(ann))).toMatchObject({ code: "RATE_LIMITED", retryAfterS: 12 });
  });

  test.each([
    ["nothing", ""],
    ["a word", "token"],
    ["half a character", "\ud800"],
    ["control characters", "\u0000\u0007\u001b"],
    ["a token as long as may be", "x".repeat(tokenLengthMax)],
    ["a longer one", "x".repeat(tokenLengthMax + 1)],
    ["a megabyte", "x".repeat(1024 * 1024)],
  ])("%s is no token of anyone", async (_, token) => {
    await using s = await setup();
    const failure = await failureOf(s.auth.validate(token));
    expect(facts(failure)).toEqual({
      code: "UNAUTHORIZED",
      message: "Log in first.",
      details: undefined,
      retryAfterS: undefined,
    });
  });

  test("a token past its session's end says that the session is over", async () => {
    await using s = await setup();
    const { token } = await someone(s.behind, "Bob");
    await s.behind.clock.advance(86_400_000);
    expect(await failureOf(s.auth.validate(token))).toMatchObject({ code: "SESSION_EXPIRED" });
  });

  test.each(errorCodes)("%s keeps its words, its details and its time to retry", async (code) => {
    await using s = await setup();
    const bob = await someone(s.behind, "Bob");
    const told = { message: "No.", details: [{ path: "a.b", message: "not this" }], retryAfterS: 7 };
    const refuse = () => Promise.reject(new AppError(code, told.message, { ...told, cause: new Error("inside") }));
    s.behind.ctx.accounts.byId = refuse;
    s.behind.ctx.characters.ofUser = refuse;
    for (const verb of [s.auth.me, s.players.list])
      expect(facts(await failureOf(verb(bob)))).toEqual({ code, ...told });
  });
}

function charactersContract(setup: () => Promise<ServicesSetup>): void {
  const requestOf = (changes: Partial<CreateCharacterRequest> = {}): CreateCharacterRequest =>
    createCharacterRequest.parse({
      world_id: valleyWorldId,
      name: "Thorin",
      species: "Dwarf",
      appearance: "stout ‹and› merry 🦊",
      ...changes,
    });
  const create = (
    { players, behind }: Awaited<ReturnType<typeof setup>>,
    principal: Principal,
    request: CreateCharacterRequest,
  ) => players.create({ principal, request, requestId: behind.ctx.entropy.uuid() });
  const withThorin = async () => {
    const s = await setup();
    const principal: Principal = await someone(s.behind, "Ann");
    const { character, isNew } = await create(s, principal, requestOf());
    return { s, principal, character, isNew, ofOne: { principal, characterId: character.id } };
  };

  test("a new character is answered as it is stored, whole", async () => {
    const { s, principal, character, isNew, ofOne } = await withThorin();
    await using _ = s;
    expect(isNew).toBe(true);
    const { id, attributes } = character;
    const own = { id, userId: principal.userId, attributes };
    expect(character).toEqual({
      ...bornAt(valley),
      ...own,
      createdAtMs: startMs,
      name: "Thorin",
      role: "player",
      species: "Dwarf",
      appearance: "stout ‹and› merry 🦊",
      description: null,
      occupation: null,
    });
    expect(Object.keys(character.attributes!)).toHaveLength(15);
    expect(s.behind.tables.characters.get(character.id)).toEqual(character);
    expect(await s.players.get(ofOne)).toEqual(character);
    expect(await s.players.skills(ofOne)).toEqual(untrained);
  });

  test("the lobby's character is made on demand, once; lists come last played first", async () => {
    const { s, principal, character, ofOne } = await withThorin();
    await using _ = s;
    await s.behind.clock.advance(1_000);
    const inLobby = await s.players.lobby(principal);
    expect(inLobby).toMatchObject({
      name: "Ann",
      worldId: lobbyWorldId,
      attributes: templateOf("Human"),
      position: lobby.spec.spawn.position,
      createdAtMs: startMs + 1_000,
    });
    expect(await s.players.lobby(principal)).toEqual(inLobby);
    expect(await s.players.list(principal)).toEqual([inLobby, character]);
    const { character: played } = await overTime(s.behind.clock, s.players.join(ofOne));
    expect(await s.players.list(principal)).toEqual([played, inLobby]);
  });

  test("who joins is greeted with what the world says there is to see, and without it where no world answers", async () => {
    const { s, principal, character, ofOne } = await withThorin();
    await using _ = s;
    await s.behind.clock.advance(1_000);
    expect(await overTime(s.behind.clock, s.players.join(ofOne))).toEqual({
      character: { ...character, lastPlayedAtMs: startMs + 1_000 },
      message: "Welcome to Valley, Thorin.",
    });
    const look = worldLook(valleyWorldId);
    const stop = s.behind.ctx.bus.serve(look, async ({ characterId }) => ({ text: `Seen by ${characterId}.` }));
    await s.reachable();
    const { message } = await s.players.join(ofOne);
    expect(message).toBe(`Welcome back to Valley, Thorin.\n\nSeen by ${character.id}.`);
    expect(await s.auth.me(principal)).toMatchObject({ lastWorldId: valleyWorldId });
    await stop();
  });

  test("a watcher has no body, and asking for one again is asking for the same", async () => {
    await using s = await setup();
    const [principal, request] = [await someone(s.behind, "Ann"), requestOf({ role: "watcher" })];
    const entry = () => s.players.entryOptions({ principal, worldId: valleyWorldId });
    s.behind.tables.worlds.set(valleyWorldId, { ...readyMadeWorlds[1]!, createdAtMs: 0 });
    expect(await entry()).toMatchObject({ canCreateCustom: true, inhabitants: { 0: { species: "Human" } } });
    const { character } = await create(s, principal, request);
    expect(await create(s, principal, request)).toEqual({
      character,
      isNew: false,
    });
    expect(await entry()).toMatchObject({ canEnterAsWatcher: true, canCreateCustom: false, inhabitants: [] });
    const other = await failureOf(create(s, principal, requestOf()));
    expect(other).toMatchObject({ code: "CHARACTER_EXISTS" });
  });

  test("somebody else's character is forbidden, and one that is not there is not found", async () => {
    const { s, character } = await withThorin();
    await using _ = s;
    const eve = await someone(s.behind, "Eve");
    for (const verb of [s.players.get, s.players.join, s.players.skills]) {
      const theirs = verb({ principal: eve, characterId: character.id });
      expect(await failureOf(theirs)).toMatchObject({ code: "FORBIDDEN" });
      const nobodys = verb({ principal: eve, characterId: unknownId as CharacterId });
      expect(await failureOf(nobodys)).toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await s.players.list(eve)).toEqual([]);
  });

  test("a character that may not be is refused with the reasons", async () => {
    await using s = await setup();
    const principal = await someone(s.behind, "Ann");
    const refusal = async (changes: Partial<CreateCharacterRequest>) =>
      failureOf(create(s, principal, requestOf(changes)));
    expect(await refusal({ attributes: { Might: 31, Luck: 1 } })).toMatchObject({
      code: "INVALID_INPUT",
      message: "Might can be raised by 0 to 30, not by 31.",
      details: [{ path: "attributes.Might" }, { path: "attributes" }],
    });
    expect(await refusal({ name: "!" })).toMatchObject({ code: "INVALID_INPUT", details: [{ path: "name" }] });
    expect(await refusal({ role: "admin" })).toMatchObject({ code: "FORBIDDEN" });
    expect(await refusal({ world_id: unknownId })).toMatchObject({ code: "NOT_FOUND" });
    const nowhere = s.players.entryOptions({ principal, worldId: unknownId as WorldId });
    expect(await failureOf(nowhere)).toMatchObject({ code: "NOT_FOUND" });
    expect(s.behind.tables.characters.size).toBe(0);
  });
}
