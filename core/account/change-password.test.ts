import { expect, test } from "vitest";
import { memoryPasswords } from "#adapters/memory/passwords.ts";
import { functionContext } from "#tests/support/function-context.ts";
import { sessionId } from "#tests/support/records.ts";
import { AppError } from "../lib/errors.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { changePassword } from "./change-password.ts";
import { checkToken } from "./check-token.ts";
import { login } from "./login.ts";
import { endOtherSessions, endOwnSession, ownSessions } from "./own-sessions.ts";
import { register } from "./register.ts";

const ann = { email: "ann@example.org", username: "Ann", password: "correct horse", address: null };
const changed = { ...ann, password: "battery staple" };
const change = { old: ann.password, new: changed.password };

async function setup() {
  const base = functionContext();
  const { ctx } = base;
  const revoked: string[] = [];
  ctx.bus.subscribe(authRevoked, ({ sessionId: id }) => void revoked.push(id));
  await register(ctx, ann);
  const open = async () => {
    const { token } = await login(ctx, ann);
    return { token, principal: await checkToken(ctx, token) };
  };
  const isAlive = async ({ token }: { token: string }) =>
    checkToken(ctx, token).then(
      () => true,
      () => false,
    );
  return { ...base, revoked, open, isAlive, audited: () => base.tables.audit.map(({ type }) => type) };
}

test("after a change only the new password opens sessions, and of the old ones only the own is left", async () => {
  const { ctx, clock, open, isAlive, revoked, audited } = await setup();
  const [own, other, third] = [await open(), await open(), await open()];
  expect(await changePassword(ctx, { principal: own.principal, ...change })).toBe(2);
  expect([await isAlive(own), await isAlive(other), await isAlive(third)]).toEqual([true, false, false]);
  await expect(login(ctx, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await login(ctx, changed)).toMatchObject({ account: { username: "Ann" } });
  await clock.advance(0);
  const others = [other, third].map(({ principal }) => principal.sessionId);
  expect(revoked.toSorted()).toEqual(others.toSorted());
  expect(audited().filter((type) => type === "password-changed")).toHaveLength(1);
});

test("without the old one nothing changes, and guessing at it is limited", async () => {
  const { ctx, open, isAlive, audited } = await setup();
  const [own, other] = [await open(), await open()];
  const guess = () => changePassword(ctx, { principal: own.principal, old: "a guess of it", new: changed.password });
  for (let n = 0; n < 5; n++) await expect(guess()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(guess()).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(await isAlive(other)).toBe(true);
  expect(await login(ctx, ann)).toMatchObject({ account: { username: "Ann" } });
  expect(audited().filter((type) => type === "password-refused")).toHaveLength(5);
});

test("of two changes at once one wins, and the other is told", async () => {
  const { ctx, open } = await setup();
  const { principal } = await open();
  const attempts = ["battery staple", "donkey engine"].map((text) =>
    changePassword(ctx, { principal, old: ann.password, new: text }).then(
      () => "changed",
      (error: AppError) => error.code,
    ),
  );
  expect((await Promise.all(attempts)).toSorted()).toEqual(["CONFLICT", "changed"]);
});

test("a login with the old password while it is changed leaves no session, whichever is first", async () => {
  for (const isLate of [false, true]) {
    const { ctx, tables, open } = await setup();
    const { principal } = await open();
    const { create } = ctx.sessions;
    const sessions = {
      ...ctx.sessions,
      async create(...args: Parameters<typeof create>) {
        if (!isLate) await changePassword(ctx, { principal, ...change });
        await create(...args);
        if (isLate) await changePassword(ctx, { principal, ...change });
      },
    };
    await expect(login({ ...ctx, sessions }, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect([...tables.sessions.keys()]).toEqual([principal.sessionId]);
  }
});

test("a password hashed at another cost is hashed again by a login, and by a wrong one is not", async () => {
  const { ctx, tables } = await setup();
  const dearer = { ...ctx, passwords: memoryPasswords({ cost: "dearer" }) };
  const hash = () => [...tables.accounts.values()][0]?.passwordHash;
  await expect(login(dearer, changed)).rejects.toThrow();
  expect(hash()).toMatch(/^memory\$/);
  await login(dearer, ann);
  expect(hash()).toMatch(/^memorydearer\$/);
  const once = hash();
  await login(dearer, ann);
  expect(hash()).toBe(once);
});

test("logins at once that hash the password again all succeed, and the password stays", async () => {
  const { ctx, tables } = await setup();
  const dearer = { ...ctx, passwords: memoryPasswords({ cost: "dearer" }) };
  await Promise.all([1, 2, 3].map(() => login(dearer, ann)));
  expect(tables.sessions.size).toBe(3);
  expect(await login(dearer, ann)).toMatchObject({ account: { username: "Ann" } });
});

test("a login does not fail because there is no time to hash again", async () => {
  const { ctx } = await setup();
  const busy = {
    ...memoryPasswords({ cost: "dearer" }),
    hash: () => Promise.reject(new AppError("UNAVAILABLE", "Too many people.")),
  };
  expect(await login({ ...ctx, passwords: busy }, ann)).toMatchObject({ account: { username: "Ann" } });
});

test("a hash made again never undoes a change of the password meanwhile", async () => {
  const { ctx, open } = await setup();
  const { principal } = await open();
  const passwords = memoryPasswords({ cost: "dearer" });
  const slow = {
    ...passwords,
    async hash(password: string) {
      await changePassword(ctx, { principal, ...change });
      return passwords.hash(password);
    },
  };
  await login({ ...ctx, passwords: slow }, ann);
  await expect(login(ctx, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await login(ctx, changed)).toMatchObject({ account: { username: "Ann" } });
});

test("one's own sessions are listed newest first, and each can be ended, but nobody else's", async () => {
  const { ctx, clock, open, isAlive, revoked } = await setup();
  const first = await open();
  await clock.advance(1_000);
  const second = await open();
  await register(ctx, { ...ann, email: "eve@example.org", username: "Eve" });
  const eve = await checkToken(ctx, (await login(ctx, { ...ann, email: "eve@example.org" })).token);
  const ids = async () => (await ownSessions(ctx, first.principal)).map(({ id }) => id);
  expect(await ids()).toEqual([second.principal.sessionId, first.principal.sessionId]);

  const notFound = { code: "NOT_FOUND" };
  const end = (principal: typeof eve, id: typeof eve.sessionId) => endOwnSession(ctx, { principal, sessionId: id });
  await expect(end(eve, first.principal.sessionId)).rejects.toMatchObject(notFound);
  await expect(end(first.principal, sessionId(9))).rejects.toMatchObject(notFound);
  await end(first.principal, second.principal.sessionId);
  await expect(end(first.principal, second.principal.sessionId)).rejects.toMatchObject(notFound);
  expect([await isAlive(first), await isAlive(second), await ids()]).toEqual([
    true,
    false,
    [first.principal.sessionId],
  ]);
  await clock.advance(0);
  expect(revoked).toEqual([second.principal.sessionId]);
});

test("ending all other sessions leaves this one, and other people's", async () => {
  const { ctx, open, isAlive } = await setup();
  const [own, other] = [await open(), await open()];
  await register(ctx, { ...ann, email: "eve@example.org", username: "Eve" });
  const eve = await login(ctx, { ...ann, email: "eve@example.org" });
  expect(await endOtherSessions(ctx, own.principal)).toBe(1);
  expect([await isAlive(own), await isAlive(other), await isAlive(eve)]).toEqual([true, false, true]);
  expect(await endOtherSessions(ctx, own.principal)).toBe(0);
});
