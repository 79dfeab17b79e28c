import { expect, test } from "vitest";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { ann, mailRig } from "#tests/support/mail-rig.ts";
import { auditDeletedAtOnceMax, auditRoundMs } from "./forget-audit.ts";
import { keepAccounts, lookOutMs } from "./keep-accounts.ts";
import { register } from "./register.ts";

function setup() {
  const rig = mailRig();
  const ctx = { ...rig.ctx, inputs: memoryInputStreams({ clock: rig.clock, log: rig.ctx.log }) };
  return { ...rig, ctx };
}

test("mail goes out and accounts go away within a moment, however many, until it is stopped", async () => {
  const { ctx, clock, mail, tables } = setup();
  const keeping = keepAccounts(ctx);
  for (let n = 0; n < 25; n++) {
    const user = await register(ctx, {
      ...ann,
      email: `n${n}@example.org`,
      username: `n-${n}`,
      address: `192.0.2.${n}`,
    });
    if (n > 0) await ctx.accounts.beginDeletion(user.id, { from: null, atMs: 1 });
  }
  await clock.advance(lookOutMs);
  await clock.advance(lookOutMs);
  expect(mail.sent.filter(({ subject }) => subject === "Confirm your e-mail address")).toHaveLength(1);
  expect(mail.sent.filter(({ subject }) => subject === "Your account was deleted")).toHaveLength(24);
  expect(tables.accounts.size).toBe(1);
  await keeping[Symbol.asyncDispose]();
  expect(clock.sleeping()).toBe(0);
  await register(ctx, { ...ann, address: null });
  await clock.advance(10 * lookOutMs);
  expect(mail.sent).toHaveLength(25);
});

test("a store that is gone is waited for", async () => {
  const { ctx, clock, mail, lines } = setup();
  await register(ctx, ann);
  let isDown = true;
  const letters = {
    ...ctx.letters,
    take: (...args: Parameters<typeof ctx.letters.take>) =>
      isDown ? Promise.reject(new Error("gone")) : ctx.letters.take(...args),
  };
  await using _ = keepAccounts({ ...ctx, letters });
  await clock.advance(60_000);
  const warnings = lines.filter(({ level }) => level === "warn").length;
  expect(warnings).toBeGreaterThan(4);
  expect(warnings).toBeLessThan(8);
  isDown = false;
  await clock.advance(10_000);
  expect(mail.sent).toHaveLength(1);
});

test("without a way to send mail the rest is done", async () => {
  const { ctx, clock, tables } = setup();
  const user = await register({ ...ctx, accountPolicy: { ...ctx.accountPolicy, sendsMail: false } }, ann);
  await ctx.accounts.beginDeletion(user.id, { from: null, atMs: 1 });
  await using _ = keepAccounts({ ...ctx, accountPolicy: { ...ctx.accountPolicy, sendsMail: false }, mail: null });
  await clock.advance(lookOutMs);
  expect([tables.accounts.size, tables.letters.size]).toEqual([0, 0]);
});

test("what the audit need not keep is deleted, a little at a time, by one process an hour", async () => {
  const { ctx, clock, tables } = setup();
  const old = 2 * auditDeletedAtOnceMax + 5;
  const event = { type: "logged-in", userId: null, sessionId: null, address: null } as const;
  const now = clock.nowMs();
  for (let n = 0; n < old; n++) await ctx.audit.record({ ...event, atMs: now - ctx.accountPolicy.auditKeepMs - 1 });
  await ctx.audit.record({ ...event, atMs: now - ctx.accountPolicy.auditKeepMs });
  const limits: number[] = [];
  const audit = {
    ...ctx.audit,
    deleteBefore: (beforeMs: number, limit: number) => (limits.push(limit), ctx.audit.deleteBefore(beforeMs, limit)),
  };
  await using _first = keepAccounts({ ...ctx, audit });
  await using _second = keepAccounts({ ...ctx, audit });
  await clock.advance(0);
  expect(tables.audit).toHaveLength(1);
  expect(limits).toEqual([auditDeletedAtOnceMax, auditDeletedAtOnceMax, auditDeletedAtOnceMax]);
  await clock.advance(auditRoundMs);
  expect(tables.audit).toHaveLength(0);
  expect(limits).toHaveLength(4);
});
