import { expect, test } from "vitest";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { configFromEnv } from "#functions/config.ts";
import { functionContext, recordingLog } from "#tests/support/function-context.ts";
import { withLocalFallback } from "./local-fallback.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";

const ann = { email: "ann@example.org", username: "Ann", password: "correct horse" };
const bob = { email: "bob@example.org", username: "Bob", password: "correct horse" };
const home = "198.51.100.1";
/** Each a place of its own. */
const stranger = (n: number) => `2001:db8:0:${n.toString(16)}::1`;

async function setup(env: Record<string, string> = {}) {
  const { ctx: base, clock } = functionContext();
  const ctx = { ...base, accountPolicy: configFromEnv(env).accounts };
  for (const account of [ann, bob]) await register(ctx, { ...account, address: home });
  const enter = async (address: string | null, account = ann, given = ctx) =>
    login(given, { ...account, address }).then(
      () => "in",
      (error: { code: string }) => error.code,
    );
  const guess = (address: string | null, email = ann.email, given = ctx) =>
    enter(address, { ...ann, email, password: "incorrect horse" }, given);
  /** How often each answer was given. */
  const count = async (answers: Promise<string>[]) => {
    const counts: Record<string, number> = {};
    for (const answer of await Promise.all(answers)) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  };
  const times = (many: number, attempt: (n: number) => Promise<string>) =>
    count(Array.from({ length: many }, (_, n) => attempt(n)));
  return { ctx, clock, enter, guess, times };
}

test.each([
  ["an account", ann.email],
  ["a name without an account", "nobody@example.org"],
])("from one place %s can be tried five times, and again every twelve seconds", async (_, email) => {
  const { ctx, clock, guess } = await setup();
  for (let n = 0; n < 5; n++) expect(await guess("198.51.100.9", email)).toBe("UNAUTHORIZED");
  const sixth = login(ctx, { ...ann, email, address: "198.51.100.9" });
  await expect(sixth).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterS: 12 });
  await clock.advance(12_000);
  expect([await guess("198.51.100.9", email), await guess("198.51.100.9", email)]).toEqual([
    "UNAUTHORIZED",
    "RATE_LIMITED",
  ]);
});

test("one place has many addresses: a /64 of IPv6, and IPv4 in every spelling", async () => {
  const { times, guess } = await setup();
  expect(await times(50, (n) => guess(`2001:db8:7:7:${n}::${n}`))).toEqual({ UNAUTHORIZED: 5, RATE_LIMITED: 45 });
  const spellings = ["198.51.100.9", "::ffff:198.51.100.9", "::ffff:c633:6409", "0:0:0:0:0:FFFF:c633:6409"];
  expect(await times(8, (n) => guess(spellings[n % 4]!))).toEqual({ UNAUTHORIZED: 5, RATE_LIMITED: 3 });
});

test("from everywhere together an account can be tried thirty times a minute, and a name without one as often", async () => {
  const { times, guess } = await setup();
  for (const email of [ann.email, "nobody@example.org"])
    expect(await times(200, (n) => guess(stranger(n), email))).toEqual({ UNAUTHORIZED: 30, RATE_LIMITED: 170 });
});

test("no number of strangers locks an owner out where he has logged in before", async () => {
  const { clock, times, enter, guess } = await setup();
  expect(await enter(home)).toBe("in");
  for (let minutes = 0; minutes < 60; minutes++) {
    await times(100, (n) => guess(stranger(n)));
    expect(await enter(home), `after ${minutes} minutes`).toBe("in");
    await clock.advance(60_000);
  }
});

test("who is known for one account is a stranger to every other, and a failed guess makes nobody known", async () => {
  const { times, enter, guess } = await setup();
  expect(await enter(home, bob)).toBe("in");
  await guess("198.51.100.9");
  await times(100, (n) => guess(stranger(n)));
  expect(await enter(home)).toBe("RATE_LIMITED");
  expect(await enter("198.51.100.9")).toBe("RATE_LIMITED");
  expect(await enter(home, bob)).toBe("in");
});

test("an owner's own place does not let him guess faster than any other", async () => {
  const { enter, times, guess } = await setup();
  expect(await enter(home)).toBe("in");
  expect(await times(100, () => guess(home))).toEqual({ UNAUTHORIZED: 4, RATE_LIMITED: 96 });
});

test("all strangers together are limited, and it costs nobody who is known his login", async () => {
  const { enter, times, guess } = await setup({ LOGIN_BY_STRANGERS_PER_MINUTE: "50" });
  expect(await enter(home)).toBe("in");
  const answers = await times(500, (n) => guess(stranger(n), `user${n}@example.org`));
  expect(answers).toEqual({ UNAUTHORIZED: 49, RATE_LIMITED: 451 });
  expect([await enter(home), await enter("198.51.100.9", bob)]).toEqual(["in", "RATE_LIMITED"]);
});

test("what one limit refuses is not counted by those after it: one place alone empties no shared bucket", async () => {
  const { enter, times, guess } = await setup({ LOGIN_BY_STRANGERS_PER_MINUTE: "30" });
  await times(1000, () => guess("203.0.113.1"));
  await times(1000, (n) => guess("203.0.113.2", `user${n}@example.org`));
  expect(await enter(stranger(1))).toBe("in");
});

test("where nobody knows the address there is one bucket for all, and it becomes nobody's own", async () => {
  const { enter, times, guess } = await setup();
  expect(await enter(null)).toBe("in");
  expect(await times(10, () => guess(null))).toEqual({ UNAUTHORIZED: 4, RATE_LIMITED: 6 });
  await times(100, (n) => guess(stranger(n)));
  expect(await enter(null)).toBe("RATE_LIMITED");
});

test("while the store is down each process limits by itself: guesses stay few, and nobody is shut out who keeps to that", async () => {
  const { ctx, clock, enter, guess, times } = await setup({ LOGIN_BY_STRANGERS_PER_MINUTE: "50" });
  let isDown = false;
  const shared = memoryLimits();
  const { log, lines } = recordingLog();
  const store = {
    take: (...given: Parameters<typeof shared.take>) =>
      isDown ? Promise.reject(new Error("down")) : shared.take(...given),
  };
  const given = {
    ...ctx,
    limits: withLocalFallback(store, memoryLimits(), log),
    // As the adapter answers then.
    knownAddresses: { ...ctx.knownAddresses, has: async () => false, remember: async () => {} },
  };
  expect(await times(9, () => guess("203.0.113.1", ann.email, given))).toEqual({ UNAUTHORIZED: 5, RATE_LIMITED: 4 });
  isDown = true;
  expect(await times(9, () => guess("203.0.113.1", ann.email, given))).toEqual({ UNAUTHORIZED: 5, RATE_LIMITED: 4 });
  expect(await times(99, (n) => guess(stranger(n), ann.email, given))).toEqual({ UNAUTHORIZED: 25, RATE_LIMITED: 74 });
  expect(await times(99, (n) => guess(stranger(n), `user${n}@example.org`, given))).toEqual({
    UNAUTHORIZED: 20,
    RATE_LIMITED: 79,
  });
  await clock.advance(60_000);
  expect(await enter(home, ann, given)).toBe("in");
  expect(new Set(lines.map(({ level }) => level))).toEqual(new Set(["warn"]));
  isDown = false;
  expect(await guess("203.0.113.1", ann.email, given)).toBe("UNAUTHORIZED");
});
