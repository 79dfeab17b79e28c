import { expect, test } from "vitest";
import { argon2Passwords, hashesAtOnce } from "#adapters/argon2.ts";
import { inlineAuth, type AuthContext } from "#core/account/service.ts";
import { functionContext, someone } from "#tests/support/function-context.ts";

// How long a refusal takes is measured by bench/login-timing.bench.ts, which no busy machine may fail. Here: that it is the same work.

/** Everything that a verb asks of what it stands on, in order: which port, which method. */
function watched(ctx: AuthContext): { ctx: AuthContext; calls: string[] } {
  const calls: string[] = [];
  const watchedPort = (port: string, methods: object): object =>
    new Proxy(methods, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...args: unknown[]): unknown => {
          calls.push(`${port}.${String(name)}`);
          return Reflect.apply(value, target, args);
        };
      },
    });
  const counted = ["accounts", "sessions", "passwords", "limits", "knownAddresses", "audit", "bus"] as const;
  const ports = counted.map((port) => [port, watchedPort(port, ctx[port])]);
  return { ctx: { ...ctx, ...(Object.fromEntries(ports) as Partial<AuthContext>) }, calls };
}

test.each([
  ["from where he has never been", "192.0.2.1"],
  ["from an unknown place", null],
])("a login is refused after the same steps whether or not there is an account, %s", async (_where, address) => {
  const base = functionContext();
  await someone(base, "Ann");
  const stepsOf = async (email: string): Promise<string[]> => {
    const { ctx, calls } = watched(base.ctx);
    const refused = inlineAuth(ctx).login({ email, password: "a wrong one", address });
    await expect(refused).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    return calls;
  };
  const wrong = await stepsOf("ann@example.org");
  expect(wrong.filter((call) => call === "passwords.verify")).toHaveLength(1);
  expect(wrong.filter((call) => call === "accounts.byEmail")).toHaveLength(1);
  expect(await stepsOf("nobody@example.org")).toEqual(wrong);
});

test("for somebody who is not there a password is hashed at the same cost as for somebody who is", async () => {
  const passwords = await argon2Passwords({
    memoryKiB: 19 * 1024,
    timeCost: 2,
    parallelism: 1,
    runningMax: 1,
    waitingMax: 1,
  });
  const stored = await passwords.hash("the right one");
  // Both take the only place there is until they are done, and a third who comes meanwhile waits, and a fourth is sent away.
  for (const hash of [stored, null]) {
    const first = passwords.verify(hash, "a wrong one");
    const second = passwords.verify(hash, "a wrong one");
    await expect(passwords.verify(hash, "a wrong one")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await Promise.all([first, second])).toEqual([false, false]);
  }
});

test("nobody is let in as somebody who is not there, even with the word that stands in for his password", async () => {
  const passwords = await argon2Passwords({ memoryKiB: 1024, timeCost: 2, parallelism: 1 });
  expect(await passwords.verify(null, "a password that nobody has")).toBe(false);
});

test("however many log in, on however many cores, a token is checked before any of their passwords", async () => {
  const slow = { memoryKiB: 19 * 1024, timeCost: 10, parallelism: 1 };
  const passwords = await argon2Passwords({ ...slow, runningMax: hashesAtOnce(64) });
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const done: string[] = [];
  const verified = async (): Promise<void> => {
    await passwords.verify(null, "a wrong one");
    done.push("password");
  };
  const logins = Array.from({ length: 4 }, verified);
  // WebCrypto, which is what jose uses, stands in one queue with the hashes.
  await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, new Uint8Array(64));
  done.push("token");
  await Promise.all(logins);
  expect(done).toEqual(["token", "password", "password", "password", "password"]);
});
