import { expect, test } from "vitest";
import { functionContext } from "#tests/support/function-context.ts";
import { AppError } from "../lib/errors.ts";
import type { UserId } from "../lib/ids.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { ban, unban } from "./ban.ts";
import { checkToken } from "./check-token.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";
import { setRole } from "./set-role.ts";

const ann = { email: "ann@example.org", username: "Ann", password: "correct horse", address: null };
const banned = new AppError("FORBIDDEN", "This account is banned.");
const over = new AppError("SESSION_EXPIRED", "Your session has ended. Log in again.");
const nobody = "a0000000-0000-4000-8000-000000000099" as UserId;

async function setup() {
  const { ctx, tables } = functionContext();
  const revoked: string[] = [];
  ctx.bus.subscribe(authRevoked, ({ sessionId }) => void revoked.push(sessionId));
  const { id } = await register(ctx, ann);
  return { ctx, tables, revoked, id };
}

test("a ban ends every session, tells whoever holds their sockets, and lets nobody in again", async () => {
  const { ctx, tables, revoked, id } = await setup();
  const [one, other] = [await login(ctx, ann), await login(ctx, ann)];
  const sessionIds = [...tables.sessions.keys()];
  expect(await ban(ctx, id)).toBe(2);
  for (const { token } of [one, other]) await expect(checkToken(ctx, token)).rejects.toThrow(over);
  await expect(login(ctx, ann)).rejects.toThrow(banned);
  await new Promise((resolve) => setImmediate(resolve));
  expect(revoked).toEqual(sessionIds);
  expect(tables.sessions.size).toBe(0);
});

test("a wrong password says nothing of a ban", async () => {
  const { ctx, id } = await setup();
  await ban(ctx, id);
  await expect(login(ctx, { ...ann, password: "incorrect horse" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("a ban while somebody logs in leaves no session, whichever is first", async () => {
  for (const isLate of [false, true]) {
    const { ctx, tables, id } = await setup();
    const { create } = ctx.sessions;
    const sessions = {
      ...ctx.sessions,
      async create(session: Parameters<typeof create>[0]) {
        if (!isLate) await ban(ctx, id);
        await create(session);
        if (isLate) await ban(ctx, id);
      },
    };
    await expect(login({ ...ctx, sessions }, ann)).rejects.toThrow(banned);
    expect(tables.sessions.size).toBe(0);
  }
});

test("a ban that is lifted lets the user in again", async () => {
  const { ctx, id } = await setup();
  await ban(ctx, id);
  await unban(ctx, id);
  expect(await checkToken(ctx, (await login(ctx, ann)).token)).toMatchObject({ userId: id });
});

test("another role is in the next token, and those of before are no longer good", async () => {
  const { ctx, id } = await setup();
  const { token } = await login(ctx, ann);
  expect(await setRole(ctx, id, "admin")).toBe(1);
  await expect(checkToken(ctx, token)).rejects.toThrow(over);
  expect(await checkToken(ctx, (await login(ctx, ann)).token)).toMatchObject({ role: "admin" });
});

test("whom nobody knows is NOT_FOUND", async () => {
  const { ctx } = await setup();
  const unknown = new AppError("NOT_FOUND", "There is no such user.");
  await expect(ban(ctx, nobody)).rejects.toThrow(unknown);
  await expect(unban(ctx, nobody)).rejects.toThrow(unknown);
  await expect(setRole(ctx, nobody, "admin")).rejects.toThrow(unknown);
});
