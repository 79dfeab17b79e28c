import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { worldRig } from "#tests/support/world-rig.ts";
import { sessionCheckMs } from "./default.ts";

/** Ana, who is connected, and what reached the lobby's stream. No world is running. */
async function setup() {
  const rig = worldRig();
  const { ctx, clients } = rig;
  const inputs: WorldInput["type"][] = [];
  ctx.inputs.consume(lobbyWorldId, ({ input }) => void inputs.push(input.type));
  const ana = await rig.player("Ana");
  await ana.connect();
  const { sessionId } = (await ctx.connections.get(ana.id))!;
  return { ...rig, ctx, ana, inputs, sessionId, isOpen: () => clients.isOpen(ana.id) };
}

test("the session of a socket is looked up at most once a minute, with a frame, and never with a farewell", async () => {
  const { ctx, ana, clock } = await setup();
  const connectedMs = clock.nowMs();
  const lookedUpAtMs: number[] = [];
  const { get } = ctx.sessions;
  ctx.sessions.get = (id, nowMs) => {
    lookedUpAtMs.push(nowMs - connectedMs);
    return get(id, nowMs);
  };
  for (let seconds = 0; seconds < 150; seconds += 10) {
    await ana.send({ type: "ping" });
    await ana.say("look");
    await clock.advance(10_000);
  }
  await ana.leave();
  expect(lookedUpAtMs).toEqual([60_000, 120_000]);
});

test.each([
  ["a command", { type: "command", data: { text: "say still here", id: "c1" } }, { id: "c1" }],
  ["a ping", { type: "ping" }, {}],
  ["nonsense", { type: "nonsense" }, {}],
])(
  "within a minute of the session's end %s is refused, does nothing, and the socket is closed",
  async (_, frame, named) => {
    const { ctx, ana, clock, quiet, inputs, sessionId, isOpen } = await setup();
    await ctx.sessions.revoke(sessionId);
    await clock.advance(sessionCheckMs);
    expect(await ana.send(frame)).toEqual({ statusCode: 200 });
    await quiet();
    const data = { code: "SESSION_EXPIRED", message: "Your session has ended. Log in again.", ...named };
    expect(ana.frames()).toEqual([{ type: "error", data }]);
    expect([isOpen(), inputs]).toEqual([false, ["connected"]]);
  },
);

test("a session that has expired is one that has ended", async () => {
  const { ana, clock, isOpen } = await setup();
  await clock.advance(365 * 24 * 3_600_000);
  await ana.say("look");
  expect(isOpen()).toBe(false);
});

test("while the session cannot be looked up the frame is refused, and nothing is closed", async () => {
  const { ctx, ana, clock, quiet, inputs, isOpen } = await setup();
  await clock.advance(sessionCheckMs);
  ctx.sessions.get = () => Promise.reject(new AppError("UNAVAILABLE", "Try again in a moment."));
  await ana.say("look");
  await quiet();
  expect(ana.frames()).toEqual([{ type: "error", data: { code: "UNAVAILABLE", message: "Try again in a moment." } }]);
  expect([isOpen(), inputs]).toEqual([true, ["connected"]]);
});
