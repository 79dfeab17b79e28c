// Logins and checks of a session over HTTP, and checks of a token without it, beside better-auth (`npm --prefix bench/peers install`; without it ours
// runs alone). Both have their data in memory behind the same HTTP server, in a process of its own, and their own defaults: argon2id 19 MiB
// against scrypt 16 MiB for passwords; a signed and encrypted token and its session against a signed reference to one.
// Budget (targets.md): a session check ≤ 1 ms p50. Client and servers share the machine's cores.
import { randomUUID } from "node:crypto";
import { SignJWT, jwtVerify } from "jose";
import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { jwtTokens } from "#adapters/tokens.ts";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import { configFromEnv } from "#functions/config.ts";
import { type AuthTarget, betterAuthTarget, ourTarget } from "./support/auth-targets.ts";
import { loadBetterAuth } from "./peers/better-auth.ts";
import { startAuth, startBetterAuth } from "./support/processes.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 9;
const users = isSmoke ? 2 : 16;
const loginsPerUser = isSmoke ? 1 : 4;
const checksPerUser = isSmoke ? 10 : 250;
const checksAlone = isSmoke ? 10 : 300;
const hashes = isSmoke ? 2 : 10;
const verifications = isSmoke ? 50 : 2000;

type Sessions = Readonly<Record<string, string>>[];
type Row = { readonly target: AuthTarget; sessions: Sessions; logins: number[]; checks: number[]; aloneMs: number[] };

await using running = new AsyncDisposableStack();
const targets = [running.use(ourTarget(running.use(await startAuth()).port))];
if ((await loadBetterAuth("http://127.0.0.1")) === null)
  console.log("better-auth is not installed (npm --prefix bench/peers install): nothing to compare with\n");
else targets.push(running.use(betterAuthTarget(running.use(await startBetterAuth()).port)));

const everyone = Array.from({ length: users }, (_, user) => user);
const rows: Row[] = targets.map((target) => ({ target, sessions: [], logins: [], checks: [], aloneMs: [] }));
for (const { target } of rows) for (const user of everyone) await target.register(user);
for (const row of rows) row.sessions = await Promise.all(everyone.map((user) => row.target.login(user)));
for (const { target, sessions } of rows) await perSecond(users * checksPerUser, () => checkAll(target, sessions));

for (let round = 0; round < rounds; round++) {
  for (const { target, sessions, logins, checks, aloneMs } of rows) {
    logins.push(await perSecond(users * loginsPerUser, () => loginAll(target)));
    checks.push(await perSecond(users * checksPerUser, () => checkAll(target, sessions)));
    aloneMs.push(await aloneP50Ms(target, sessions[0]!));
  }
}
console.log(`auth: ${rounds} interleaved rounds, ${users} users at once\n`);
console.log(
  "logins/s (min, median, best) | session checks/s (min, median, best) | one check at a time, p50 ms (min, median)",
);
for (const { target, logins, checks, aloneMs } of rows) {
  const alone = summary(aloneMs);
  console.log(
    `${target.name.padEnd(12)} ${rates(logins)} | ${rates(checks)} | ${alone.min.toFixed(2)} ${alone.median.toFixed(2)}`,
  );
}
await inThisProcess();

async function loginAll(target: AuthTarget): Promise<void> {
  await Promise.all(
    everyone.map(async (user) => {
      for (let n = 0; n < loginsPerUser; n++) await target.login(user);
    }),
  );
}

async function checkAll(target: AuthTarget, sessions: Sessions): Promise<void> {
  await Promise.all(
    sessions.map(async (session) => {
      for (let n = 0; n < checksPerUser; n++) await target.check(session);
    }),
  );
}

async function aloneP50Ms(target: AuthTarget, session: Sessions[number]): Promise<number> {
  const tookMs: number[] = [];
  for (let n = 0; n < checksAlone; n++) {
    const startedMs = performance.now();
    await target.check(session);
    tookMs.push(performance.now() - startedMs);
  }
  return quantile(tookMs, 0.5);
}

/** What a login and a check are made of: one password verified, one token, and for a floor a token that is only signed. */
async function inThisProcess(): Promise<void> {
  const [clock, entropy] = [systemClock, systemEntropy];
  const tokens = jwtTokens({ secret: "x".repeat(32), issuer: "bench", audience: "bench", clock, entropy });
  const passwords = await argon2Passwords(configFromEnv({}).argon2);
  const hash = await passwords.hash("a long one");
  const principal = {
    userId: randomUUID() as UserId,
    sessionId: randomUUID() as SessionId,
    username: "Ann",
    role: "user",
  } as const;
  const token = await tokens.sign(principal, clock.nowMs() + 3_600_000);
  const key = new Uint8Array(32).fill(7);
  const signed = await new SignJWT({ sid: principal.sessionId })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("1h")
    .sign(key);
  const cases: readonly [string, number, () => Promise<unknown>][] = [
    ["one password verified", hashes, () => passwords.verify(hash, "a long one")],
    ["one token verified (signed inside encrypted)", verifications, () => tokens.verify(token, clock.nowMs())],
    [
      "floor: jose, one token that is only signed",
      verifications,
      () => jwtVerify(signed, key, { algorithms: ["HS256"] }),
    ],
  ];
  const results = cases.map(() => [] as number[]);
  for (let round = -1; round < rounds; round++) {
    for (const [i, [name, times, once]] of cases.entries()) {
      const rate = await perSecond(times, async () => {
        for (let n = 0; n < times; n++) if (!(await once())) throw new Error(`${name} failed`);
      });
      if (round >= 0) results[i]!.push(rate);
    }
  }
  console.log("\none after the other, without HTTP: each second (min, median, best)");
  for (const [i, [name]] of cases.entries()) console.log(`${name.padEnd(46)} ${rates(results[i]!)}`);
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (count / (performance.now() - startedMs)) * 1000;
}

function rates(values: readonly number[]): string {
  const { min, median } = summary(values);
  return [min, median, Math.max(...values)].map((value) => String(Math.round(value))).join(" ");
}
