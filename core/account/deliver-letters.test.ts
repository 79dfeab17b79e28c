import { expect, test } from "vitest";
import { ann, mailRig } from "#tests/support/mail-rig.ts";
import { AppError } from "../lib/errors.ts";
import { letterTakenMs } from "../ports/mail.ts";
import { deliverLetters, lettersPerRoundMax, sendAttemptsMax, sendTimeoutMs } from "./deliver-letters.ts";
import { register } from "./register.ts";

const gone = new AppError("UNAVAILABLE", "The mail could not be handed over.");

async function setup() {
  const rig = mailRig();
  await register(rig.ctx, ann);
  return rig;
}

test("a mail that cannot be sent is tried again, later each time, and is not lost", async () => {
  const { ctx, clock, mail, deliver, tables } = await setup();
  mail.failWith(gone);
  await deliver();
  const due: number[] = [];
  for (let n = 0; n < 4; n++) {
    const [letter] = [...tables.letters.values()];
    due.push(letter!.dueAtMs - clock.nowMs());
    await clock.advance(letter!.dueAtMs - clock.nowMs() - 1);
    expect(await ctx.letters.take(clock.nowMs(), 1)).toEqual([]);
    await clock.advance(1);
    await deliver();
  }
  expect(due).toEqual([5_000, 10_000, 20_000, 40_000]);
  mail.failWith(null);
  await clock.advance(3_600_000);
  expect(await deliver()).toHaveLength(1);
  expect(tables.letters.size).toBe(0);
});

test("a mail that nobody takes for hours is given up, one that never will be taken at once, and both are said", async () => {
  const { clock, mail, deliver, tables, lines } = await setup();
  mail.failWith(gone);
  for (let n = 1; n <= sendAttemptsMax; n++) {
    expect(tables.letters.size, `before try ${n}`).toBe(1);
    await deliver();
    await clock.advance(3_600_000);
  }
  expect(tables.letters.size).toBe(0);
  const { ctx } = await setup();
  const hopeless = { ...ctx, mail: { send: () => Promise.reject(new AppError("INVALID_INPUT", "No such address.")) } };
  await deliverLetters(hopeless);
  expect(await ctx.letters.take(clock.nowMs() * 2, 10)).toEqual([]);
  const errors = lines.filter(({ level }) => level === "error");
  expect(errors).toMatchObject([{ message: "a mail was given up", fields: { kind: "verify-email", attempts: 12 } }]);
  expect(JSON.stringify(lines)).not.toMatch(/example\.org|memory-secret/);
});

test("a provider that hangs is given up in time, and told so", async () => {
  const { ctx, clock, tables } = await setup();
  let aborted = false;
  const mail = {
    send: (_: unknown, signal: AbortSignal) =>
      new Promise<void>(() => signal.addEventListener("abort", () => (aborted = true))),
  };
  const delivering = deliverLetters({ ...ctx, mail });
  await clock.advance(sendTimeoutMs);
  await delivering;
  expect(aborted).toBe(true);
  expect([...tables.letters.values()]).toMatchObject([{ attempts: 1 }]);
  expect(sendTimeoutMs).toBeLessThan(letterTakenMs);
});

test("two processes at once send each mail once; one that was killed leaves its mail to the next", async () => {
  const { ctx, clock, mail, deliver } = await setup();
  for (let n = 0; n < 2 * lettersPerRoundMax; n++) {
    await register(ctx, { ...ann, email: `n${n}@example.org`, username: `n-${n}`, address: `198.51.100.${n}` });
  }
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(mail.sent.map(({ to }) => to).toSorted()).toEqual(
    [ann.email, ...Array.from({ length: 2 * lettersPerRoundMax }, (_, n) => `n${n}@example.org`)].toSorted(),
  );
  await ctx.letters.put({ id: "x", kind: "password-changed", to: ann.email, userId: null, atMs: clock.nowMs() });
  await ctx.letters.take(clock.nowMs(), 1);
  expect(await deliver()).toEqual([]);
  await clock.advance(letterTakenMs);
  expect(await deliver()).toMatchObject([{ subject: "Your password was changed" }]);
});

test("a letter about an account that has gone, or is another's by now, goes to nobody", async () => {
  const { ctx, tables, deliver } = await setup();
  const [account] = [...tables.accounts.values()];
  await ctx.letters.put({ id: "x", kind: "password-changed", to: ann.email, userId: "other" as never, atMs: 0 });
  await ctx.accounts.beginDeletion(account!.id, { from: null, atMs: 1 });
  expect(await deliver()).toEqual([]);
  expect(tables.letters.size).toBe(0);
});
