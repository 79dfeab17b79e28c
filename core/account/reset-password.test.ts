import { expect, test } from "vitest";
import { ann, mailRig, tokenIn } from "#tests/support/mail-rig.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { changePassword } from "./change-password.ts";
import { checkToken } from "./check-token.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";

const forgotten = { email: ann.email, address: ann.address };
const password = "battery staple";

async function setup() {
  const rig = mailRig();
  await register(rig.ctx, ann);
  await rig.deliver();
  const ask = async () => {
    await requestPasswordReset(rig.ctx, forgotten);
    return tokenIn((await rig.deliver()).at(-1)?.text);
  };
  const reset = (token: string, chosen = password) =>
    resetPassword(rig.ctx, { token, password: chosen, address: ann.address });
  return { ...rig, ask, reset };
}

test("who forgot his password chooses another with a link; all sessions end, their sockets are told of, and he is sent a notice", async () => {
  const { ctx, clock, ask, reset, deliver, audited } = await setup();
  const opened = [await login(ctx, ann), await login(ctx, ann)];
  const revoked: string[] = [];
  ctx.bus.subscribe(authRevoked, ({ sessionId }) => void revoked.push(sessionId));
  const token = await ask();
  await reset(token);
  await clock.advance(0);

  for (const each of opened)
    await expect(checkToken(ctx, each.token)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  expect(new Set(revoked).size).toBe(2);
  await expect(login(ctx, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await login(ctx, { ...ann, password })).toMatchObject({ account: { emailVerifiedAtMs: expect.any(Number) } });
  expect(await deliver()).toMatchObject([{ to: ann.email, subject: "Your password was reset" }]);
  expect(audited()).toEqual(expect.arrayContaining(["password-forgotten", "password-reset", "all-sessions-ended"]));
});

test("a link works once, for its time, as long as it is the newest and the password is the old one", async () => {
  const { ctx, clock, ask, reset } = await setup();
  const over = { code: "NOT_FOUND" };
  const [older, newer] = [await ask(), await ask()];
  await expect(reset(older)).rejects.toMatchObject(over);
  await reset(newer);
  await expect(reset(newer)).rejects.toMatchObject(over);

  await clock.advance(3_600_000);
  const late = await ask();
  await clock.advance(ctx.accountPolicy.resetTokenLifetimeMs);
  await expect(reset(late)).rejects.toMatchObject(over);
  const inTime = await ask();
  const { token: session } = await login(ctx, { ...ann, password });
  const principal = await checkToken(ctx, session);
  await changePassword(ctx, { principal, old: password, new: "donkey engine" });
  await expect(reset(inTime)).rejects.toMatchObject(over);
  for (const nonsense of ["", "nonsense", "hash-of-memory-secret-1"])
    await expect(reset(nonsense)).rejects.toMatchObject(over);
});

test("for an address without an account everything is as for one with it, but for the mail", async () => {
  const { ctx, clock, tables, deliver, audited } = await setup();
  const looked: string[] = [];
  const accounts = new Proxy(ctx.accounts, {
    get: (target, name: keyof typeof ctx.accounts) => (looked.push(name), target[name]),
  });
  const watched = { ...ctx, accounts };
  for (const email of ["nobody@example.org", ann.email]) {
    await requestPasswordReset(watched, { ...forgotten, email });
  }
  expect(looked).toEqual([]);
  expect(tables.letters.size).toBe(2);
  expect((await deliver()).map(({ to }) => to)).toEqual([ann.email]);
  expect(tables.letters.size).toBe(0);
  expect(audited().filter((type) => type === "password-forgotten")).toHaveLength(1);
  await clock.advance(0);
});

test("nothing that could open the account is kept: not in the letter, and of the token only a hash", async () => {
  const { ctx, tables, ask, lines } = await setup();
  await requestPasswordReset(ctx, forgotten);
  expect(JSON.stringify([...tables.letters.values()])).not.toMatch(/secret|token/);
  const token = await ask();
  const kept = JSON.stringify([[...tables.mailTokens.values()], tables.audit, lines]);
  expect([...tables.mailTokens.values()].map(({ hash }) => hash)).toContain(ctx.tokens.hashOf(token));
  expect(kept.replaceAll(ctx.tokens.hashOf(token), "")).not.toContain(token);
});

test("asking is limited by e-mail, by place and in all, for nobody's address too, and the limit of one costs the next nothing", async () => {
  const { ctx } = await setup();
  const asks = (email: string, address: string, policy = {}) =>
    requestPasswordReset({ ...ctx, accountPolicy: { ...ctx.accountPolicy, ...policy } }, { email, address });
  const limited = expect.objectContaining({ code: "RATE_LIMITED", retryAfterS: expect.any(Number) });
  for (const email of [ann.email, "nobody@example.org"]) {
    for (let n = 0; n < 3; n++) await asks(email, `198.51.100.${n}`);
    await expect(asks(email, "198.51.100.9")).rejects.toEqual(limited);
  }
  for (let n = 0; n < 20; n++) await asks(`n${n}@example.org`, "203.0.113.1");
  await expect(asks("other@example.org", "203.0.113.1")).rejects.toEqual(limited);
  const forgottenInAll = { name: "few", burst: 2, perMs: 1e-9 };
  for (let n = 0; n < 2; n++) await asks(`m${n}@example.org`, `192.0.2.${n}`, { forgottenInAll });
  await expect(asks("m3@example.org", "192.0.2.3", { forgottenInAll })).rejects.toEqual(limited);
});

test("guessing at links is limited by place, and costs no hashing", async () => {
  const { ctx, reset } = await setup();
  let hashed = 0;
  const { hash } = ctx.passwords;
  ctx.passwords.hash = (text) => (hashed++, hash(text));
  for (let n = 0; n < 20; n++) await expect(reset(`guess ${n}`)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(reset("guess 21")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(hashed).toBe(0);
});

test("of two resets with one link one wins, and the loser's password opens nothing", async () => {
  const { ctx, ask, reset } = await setup();
  const token = await ask();
  const chosen = ["battery staple", "donkey engine", "rubber duckie"];
  const outcomes = await Promise.all(
    chosen.map((each) =>
      reset(token, each).then(
        () => each,
        () => null,
      ),
    ),
  );
  const won = outcomes.filter((each) => each !== null);
  expect(won).toHaveLength(1);
  for (const each of chosen) {
    const opened = await login(ctx, { ...ann, password: each }).then(
      () => true,
      () => false,
    );
    expect(opened).toBe(each === won[0]);
  }
});

test("whoever is killed right after the password changed has left no session of the old one", async () => {
  const { ctx, tables, ask } = await setup();
  await login(ctx, ann);
  const token = await ask();
  const mailTokens = {
    ...ctx.mailTokens,
    async resetPassword(...args: Parameters<typeof ctx.mailTokens.resetPassword>) {
      await ctx.mailTokens.resetPassword(...args);
      throw new Error("killed");
    },
  };
  await expect(resetPassword({ ...ctx, mailTokens }, { token, password, address: null })).rejects.toThrow("killed");
  expect(tables.sessions.size).toBe(0);
});

test("a login with the old password while it is reset leaves no session", async () => {
  const { ctx, tables, ask, reset } = await setup();
  const token = await ask();
  const sessions = {
    ...ctx.sessions,
    async create(...args: Parameters<typeof ctx.sessions.create>) {
      await ctx.sessions.create(...args);
      await reset(token);
    },
  };
  await expect(login({ ...ctx, sessions }, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(tables.sessions.size).toBe(0);
});

test("a server that sends no mail says so to everybody", async () => {
  const { ctx } = await setup();
  const silent = { ...ctx, accountPolicy: { ...ctx.accountPolicy, sendsMail: false } };
  for (const email of [ann.email, "nobody@example.org"]) {
    await expect(requestPasswordReset(silent, { ...forgotten, email })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  }
});
