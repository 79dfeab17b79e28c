import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionsResponse } from "#core/protocol/account.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { message } from "#tests/support/frames.ts";
import { measurements } from "#tests/support/measured.ts";
import { connect, here, type Player } from "#tests/support/player.ts";
import { type Account, call, login, newAccount, refusal } from "#tests/support/rest.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";

/** What is promised. */
const closedMsMax = 1_000;

let backend: Backend;
const measured = measurements("from the request that ends a session to the close of its socket");
beforeAll(async () => {
  backend = await startTestBackend();
});
afterAll(async () => {
  measured.print();
  await backend[Symbol.asyncDispose]();
});

type Device = { readonly account: Account; readonly player: Player };

/** One more login of an account, with a socket. Of an account only the newest socket stays: one character is in one place. */
async function device(account: Account): Promise<Device> {
  const own = { ...account, token: await login(backend.url, account) };
  return { account: own, player: await here(connect(backend.url, own)) };
}

/** Nothing of an ended session is worth anything: not its next request, nor a handshake, nor a ticket. */
async function expectOver(account: Account): Promise<void> {
  const { token } = account;
  const over = { status: 401, code: "SESSION_EXPIRED" };
  expect(refusal(await call(backend.url, "GET", "/api/auth/me", { token }))).toEqual(over);
  expect(refusal(await call(backend.url, "POST", "/api/game/ws-ticket", { token }))).toEqual(over);
  await expect(connect(backend.url, account)).rejects.toMatchObject({ status: 401 });
}

/** The request is granted, and the socket is closed within a second of that; mostly it is before. */
async function expectCloses(name: string, { player }: Device, request: () => ReturnType<typeof call>): Promise<void> {
  const startedMs = performance.now();
  const now = (): number => performance.now() - startedMs;
  const [[answer, answeredMs], closedMs] = await Promise.all([
    request().then((each) => [each, now()] as const),
    player.closed.then(now),
  ]);
  measured.note(name, closedMs);
  expect(answer.status, answer.text).toBe(200);
  expect(closedMs - answeredMs).toBeLessThan(closedMsMax);
}

describe("the sockets of a session that ends are closed within a second, and it is refused from then on:", () => {
  test("by a logout", async () => {
    const one = await device(await newAccount(backend.url, "EndLogout"));
    await expectCloses("logout", one, () =>
      call(backend.url, "POST", "/api/auth/logout", { token: one.account.token }),
    );
    await expectOver(one.account);
  });

  test("by its owner, who ends it from another device", async () => {
    const account = await newAccount(backend.url, "EndOther");
    const other = await device(account);
    const { sessions } = sessionsResponse.parse(
      (await call(backend.url, "GET", "/api/auth/sessions", { token: account.token })).json(),
    );
    const theirs = sessions.filter(({ is_current: isCurrent }) => !isCurrent);
    expect(theirs).toHaveLength(1);
    const path = `/api/auth/sessions/${theirs[0]!.session_id}`;
    await expectCloses("one session ended", other, () => call(backend.url, "DELETE", path, { token: account.token }));
    await expectOver(other.account);
    expect((await call(backend.url, "GET", "/api/auth/me", { token: account.token })).status).toBe(200);
  });

  test.each<[string, string, string, (account: Account) => object | undefined]>([
    ["by logging out everywhere else", "EndAll", "/api/auth/logout-all", () => undefined],
    [
      "by a changed password",
      "EndPassword",
      "/api/auth/password",
      ({ password }) => ({ old: password, new: keepSecret(`changed-${password}`) }),
    ],
  ])("%s, but not the one that asks", async (name, username, path, bodyOf) => {
    const account = await newAccount(backend.url, username);
    const elsewhere = { ...account, token: await login(backend.url, account) };
    const other = await device(account);
    const body = bodyOf(account);
    const options = { token: account.token, ...(body !== undefined && { body }) };
    await expectCloses(name, other, () => call(backend.url, "POST", path, options));
    await expectOver(other.account);
    await expectOver(elsewhere);
    const again = await here(connect(backend.url, account));
    await again.ask("say still here", message("speech_self"));
  });
});

test("nothing that is nobody else's business was logged", () => {
  expectNoSecretsIn(backend.output());
});
