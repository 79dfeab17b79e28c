import { afterEach, expect, test } from "vitest";
import { memoryMail } from "#adapters/memory/mail.ts";
import { closeSocketsOfRevoked } from "#core/account/close-sockets.ts";
import { keepAccounts, lookOutMs } from "#core/account/keep-accounts.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { lingerMs } from "#core/world/decide/presence.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";
import { worldRig } from "#tests/support/world-rig.ts";

// The verbs, the real functions and the real worlds, in memory under one clock: what others see of somebody who has his account deleted.

const running = new AsyncDisposableStack();
let open = running;
afterEach(async () => {
  await open.disposeAsync();
  open = new AsyncDisposableStack();
});

async function setup(protocol: WireProtocol) {
  open = new AsyncDisposableStack();
  const rig = worldRig();
  const { ctx } = rig;
  open.use(await rig.serve());
  open.defer(closeSocketsOfRevoked(ctx));
  open.use(keepAccounts({ ...ctx, mail: memoryMail() }));
  const [ana, bob] = [await rig.player("Ana", protocol), await rig.player("Bob")];
  await ana.connect();
  await bob.connect();
  const remove = async () => {
    const principal = await ctx.auth.validate(ana.token);
    await ctx.auth.deleteAccount({ principal, password: "correct horse" });
  };
  const isHere = async () => (await rig.stored(lobbyWorldId)).state.bodies.has(ana.own);
  return { ...rig, ctx, ana, bob, remove, isHere };
}

test.each(["legacy", "v1"] as const)(
  "who deletes his account (%s) is cut off at once, leaves the world before everybody's eyes, and his row is gone",
  async (protocol) => {
    const { ctx, ana, bob, remove, isHere, pass, quiet, clients, tables } = await setup(protocol);
    expect(await isHere()).toBe(true);
    await remove();
    await quiet();
    expect(clients.isOpen(ana.id)).toBe(false);
    // As the gateway does when a socket is closed, whoever closed it.
    await ana.leave();
    await pass(2 * lookOutMs, 500);
    expect(await isHere()).toBe(false);
    expect(bob.heard().some((text) => text.startsWith("departure: Ana"))).toBe(true);
    expect(tables.characters.has(ana.own)).toBe(false);
    expect([...tables.accounts.values()].map(({ username }) => username)).toEqual(["Bob"]);
    expect((await ana.connect()).statusCode).toBe(401);
    expect((await ctx.connections.ofCharacters([ana.own])).length).toBe(0);
  },
);

test("where the gateway never says that the socket closed, the character is gone all the same", async () => {
  const { ana, remove, isHere, pass, tables } = await setup("v1");
  await remove();
  await pass(2 * lookOutMs, 500);
  expect(await isHere()).toBe(false);
  expect(tables.characters.has(ana.own)).toBe(false);
});

test("what a world still does with somebody whose row is gone brings it back to nobody", async () => {
  const { ctx, ana, bob, remove, isHere, pass, tables } = await setup("v1");
  const { append } = ctx.inputs;
  // The farewell is lost on the way: only the broken link is left to tell.
  ctx.inputs.append = async (worldId, input) => {
    if (!input.id.endsWith(":erased")) await append(worldId, input);
  };
  await remove();
  await ana.leave();
  await pass(2 * lookOutMs, 500);
  await bob.say("say hello");
  await pass(lingerMs + 1_000, 5_000);
  expect(await isHere()).toBe(false);
  expect(tables.characters.has(ana.own)).toBe(false);
});
