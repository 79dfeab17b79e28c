import { beforeEach, describe, expect, test } from "vitest";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { ann, mailRig } from "#tests/support/mail-rig.ts";
import { characterRecord } from "#tests/support/records.ts";
import { lobbyWorldId, valleyWorldId } from "../lib/ids.ts";
import type { WorldInput } from "../protocol/world-input.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { checkToken } from "./check-token.ts";
import { deleteAccount } from "./delete-account.ts";
import { eraseAccounts, erasuresPerRoundMax } from "./erase-accounts.ts";
import { login } from "./login.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";

async function setup() {
  const rig = mailRig();
  const { ctx: base, clock } = rig;
  const inputs = memoryInputStreams({ clock, log: base.log });
  const ctx = { ...base, inputs };
  await register(ctx, ann);
  await rig.deliver();
  const { token, refreshToken, account } = await login(ctx, ann);
  const principal = await checkToken(ctx, token);
  const remove = (password = ann.password) => deleteAccount(ctx, { principal, password });
  const heard = async (worldId: typeof lobbyWorldId) => {
    const seen: WorldInput[] = [];
    const stream = inputs.consume(worldId, ({ input, ack }) => {
      seen.push(input);
      ack();
    });
    await clock.advance(0);
    await stream.stop();
    return seen;
  };
  return { ...rig, ctx, token, refreshToken, account, principal, remove, heard };
}

describe("deleting an account", () => {
  let s: Awaited<ReturnType<typeof setup>>;
  beforeEach(async () => void (s = await setup()));

  test("ends every session at once, and nothing opens one again: no password, no token, no link", async () => {
    const { ctx, clock, token, refreshToken, remove } = s;
    const other = await login(ctx, ann);
    await requestPasswordReset(ctx, { email: ann.email, address: null });
    const [mail] = await s.deliver();
    const revoked: string[] = [];
    ctx.bus.subscribe(authRevoked, ({ sessionId }) => void revoked.push(sessionId));
    await remove();
    await clock.advance(0);
    expect(revoked).toHaveLength(2);
    for (const each of [token, other.token]) {
      await expect(checkToken(ctx, each)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
    }
    await expect(refresh(ctx, { refreshToken, address: null })).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
    await expect(login(ctx, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const link = /#token=(\S+)/.exec(mail!.text)![1]!;
    const password = "battery staple";
    await expect(resetPassword(ctx, { token: link, password, address: null })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(remove()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("needs the password, which cannot be guessed at for long", async () => {
    const { ctx, token, remove } = s;
    for (let n = 0; n < 5; n++) await expect(remove("a guess of it")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(remove()).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await checkToken(ctx, token)).toMatchObject({ username: "Ann" });
    expect(s.audited().filter((type) => type === "password-refused")).toHaveLength(5);
  });

  test("meets a change of the password at the same time as a conflict", async () => {
    const { ctx, principal } = s;
    const passwords = {
      ...ctx.passwords,
      async verify(hash: string | null, password: string) {
        await ctx.accounts.changePasswordHash(principal.userId, { from: hash!, to: "another" });
        return ctx.passwords.verify(hash, password);
      },
    };
    const deleting = deleteAccount({ ...ctx, passwords }, { principal, password: ann.password });
    await expect(deleting).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a login at the same moment leaves no session", async () => {
    for (const isLate of [false, true]) {
      const { ctx, tables, remove } = await setup();
      const sessions = {
        ...ctx.sessions,
        async create(...args: Parameters<typeof ctx.sessions.create>) {
          if (!isLate) await remove();
          await ctx.sessions.create(...args);
          if (isLate) await remove();
        },
      };
      await expect(login({ ...ctx, sessions }, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
      expect(tables.sessions.size).toBe(0);
    }
  });
});

describe("erasing what is left", () => {
  const played = { lastPlayedAtMs: 1, worldId: valleyWorldId, homeWorldId: valleyWorldId };

  /** Two who have played; the first has gone on to the valley with his socket, and his row does not know yet. */
  async function withCharacters() {
    const s = await setup();
    const { ctx, principal } = s;
    const { userId, username } = principal;
    await ctx.characters.create(characterRecord(1, { ...played, userId, worldId: lobbyWorldId }));
    await ctx.characters.create(
      characterRecord(2, { ...played, userId, worldId: lobbyWorldId, homeWorldId: lobbyWorldId }),
    );
    await ctx.characters.create(characterRecord(3, { ...played, userId: "someone else" as never }));
    const connection = {
      id: "socket-1" as never,
      userId,
      username,
      sessionId: principal.sessionId,
      protocol: "v1" as const,
      characterId: characterRecord(1).id,
      characterName: "Ana",
      worldId: valleyWorldId,
      travels: 0,
      connectedAtMs: 0,
    };
    await ctx.connections.add(connection);
    return s;
  }

  test("says goodbye for each character in its world, forgets where he came from, and leaves nothing that names him", async () => {
    const s = await withCharacters();
    const { ctx, tables, principal, remove, heard } = s;
    await ctx.knownAddresses.remember(ann.email, "198.51.100.1", 0);
    await remove();
    await eraseAccounts(ctx);
    expect(await heard(valleyWorldId)).toMatchObject([
      { type: "disconnected", connectionId: "socket-1", characterId: characterRecord(1).id, mayReturn: false },
    ]);
    expect(await heard(lobbyWorldId)).toMatchObject([
      { type: "disconnected", characterId: characterRecord(2).id, mayReturn: false },
    ]);
    expect(await ctx.knownAddresses.has(ann.email, "198.51.100.1", 0)).toBe(false);
    expect([...tables.characters.keys()]).toEqual([characterRecord(3).id]);
    expect([tables.accounts.size, tables.sessions.size, tables.mailTokens.size]).toEqual([0, 0, 0]);
    const kept = JSON.stringify([tables.audit, [...tables.worlds.values()]]);
    expect(kept).not.toMatch(/ann|198\.51|Ana 1/i);
    expect(tables.audit.filter(({ userId }) => userId === principal.userId).at(-1)).toMatchObject({
      type: "account-deleted",
    });

    expect(await s.deliver()).toMatchObject([{ to: ann.email, subject: "Your account was deleted" }]);
    expect(tables.letters.size).toBe(0);
    expect(JSON.stringify(s.lines)).not.toMatch(/example\.org|198\.51/);
    expect(await register(ctx, { ...ann, address: null })).toMatchObject({ username: "Ann" });
  });

  test("killed at any step, it is finished by whoever comes next, and said goodbye once", async () => {
    const steps = ["revokeAll", "ofUser", "ofCharacters", "append", "forget", "erase"] as const;
    for (const step of steps) {
      for (const isAfter of [false, true]) {
        const s = await withCharacters();
        const { ctx, tables, remove, heard } = s;
        await remove();
        const failing = <Port extends object>(port: Port): Port =>
          Object.fromEntries(
            Object.entries(port).map(([name, method]) => [
              name,
              async (...args: unknown[]) => {
                if (name === step && !isAfter) throw new Error("killed");
                const answer: unknown = await (method as (...all: unknown[]) => unknown)(...args);
                if (name === step) throw new Error("killed");
                return answer;
              },
            ]),
          ) as Port;
        const { sessions, characters, connections, inputs, knownAddresses, personalData } = ctx;
        const broken = { sessions, characters, connections, inputs, knownAddresses, personalData };
        const mortal = Object.fromEntries(Object.entries(broken).map(([name, port]) => [name, failing(port)]));
        expect(await eraseAccounts({ ...ctx, ...mortal })).toBe(false);
        const isDone = step === "erase" && isAfter;
        expect(tables.accounts.size, `${step} ${isAfter}`).toBe(isDone ? 0 : 1);
        await eraseAccounts(ctx);
        expect(tables.accounts.size, `${step} ${isAfter}`).toBe(0);
        expect(tables.audit.filter(({ type }) => type === "account-deleted")).toHaveLength(1);
        expect([...tables.letters.values()].map(({ kind }) => kind)).toEqual(["account-deleted"]);
        expect(await heard(valleyWorldId), `${step} ${isAfter}`).toHaveLength(1);
      }
    }
  });

  test("one that fails holds up nobody else, and there may be more than fit into a round", async () => {
    const { ctx, tables, remove, account } = await setup();
    await remove();
    for (let n = 0; n < erasuresPerRoundMax; n++) {
      const user = await register(ctx, {
        ...ann,
        email: `n${n}@example.org`,
        username: `n-${n}`,
        address: `192.0.2.${n}`,
      });
      await ctx.accounts.beginDeletion(user.id, { from: null, atMs: ctx.clock.nowMs() + n });
    }
    const personalData = {
      ...ctx.personalData,
      erase: (...args: Parameters<typeof ctx.personalData.erase>) =>
        args[0] === account.id ? Promise.reject(new Error("no")) : ctx.personalData.erase(...args),
    };
    expect(await eraseAccounts({ ...ctx, personalData })).toBe(false);
    expect(tables.accounts.size).toBe(2);
    expect(await eraseAccounts(ctx)).toBe(false);
    expect(tables.accounts.size).toBe(0);
  });

  test("a character that has never been anywhere has nowhere to leave", async () => {
    const { ctx, principal, remove, heard } = await setup();
    await ctx.characters.create(
      characterRecord(1, { userId: principal.userId, worldId: valleyWorldId, homeWorldId: valleyWorldId }),
    );
    await remove();
    await eraseAccounts(ctx);
    expect(await heard(valleyWorldId)).toEqual([]);
    expect(await ctx.characters.get(characterRecord(1).id)).toBeNull();
    expect(await ctx.sessions.get(principal.sessionId, 0)).toBeNull();
  });
});
