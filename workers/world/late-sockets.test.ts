import { describe, expect, test } from "vitest";
import { lobbyWorldId, type ConnectionId, type InputId } from "#core/lib/ids.ts";
import { lateRealMsMax } from "#core/world/catch-up.ts";
import { fieldId, type Player, worldRig } from "#tests/support/world-rig.ts";
import { resumeGraceMs } from "./sockets.ts";

async function lobby(protocol: "legacy" | "v1" = "legacy") {
  const rig = worldRig();
  await rig.serve();
  const [ana, bob] = [await rig.player("Ana", protocol), await rig.player("Bob")];
  return { rig, ana, bob };
}

/** A socket that was registered by a row which was read before its character went anywhere. */
async function late(rig: ReturnType<typeof worldRig>, { own, username }: Player, { isInStream = true } = {}) {
  const id = "late" as ConnectionId;
  const { userId } = (await rig.ctx.characters.get(own))!;
  const bound = { id, userId, username, characterId: own, characterName: username, worldId: lobbyWorldId, travels: 0 };
  await rig.ctx.connections.add({ ...bound, sessionId: "s" as never, protocol: "legacy", connectedAtMs: 0 });
  rig.clients.open(id);
  if (isInStream) await cameLate(rig, { own }, id);
  return id;
}

async function cameLate(rig: ReturnType<typeof worldRig>, { own }: Pick<Player, "own">, connectionId: ConnectionId) {
  const { userId } = (await rig.ctx.characters.get(own))!;
  const input = { type: "connected", id: "x" as InputId, connectionId, userId, characterId: own } as const;
  await rig.ctx.inputs.append(lobbyWorldId, { ...input, protocol: "legacy", travels: 0 });
}

describe("whoever connects", () => {
  test("to a character that is in another world by now is led there, and shown that one", async () => {
    const { rig, ana } = await lobby();
    await ana.connect();
    await ana.say("enter field");
    await rig.quiet();
    await ana.leave(1000);
    await rig.quiet();
    // The row was read just before it left the lobby: the socket is registered for the wrong world.
    const id = await late(rig, ana);
    await rig.quiet();
    expect(ana.heard(id)[1]).toMatch(/^area_description: Field/);
    expect(await rig.ctx.connections.get(id)).toMatchObject({ worldId: fieldId });
  });

  test("to a character that went off and came back meanwhile is registered with all its journeys", async () => {
    const { rig, ana } = await lobby();
    await ana.connect();
    for (const text of ["enter field", "lobby"]) {
      await ana.say(text);
      await rig.quiet();
    }
    const id = await late(rig, ana);
    await rig.quiet();
    expect(await rig.ctx.connections.get(id)).toMatchObject({ worldId: lobbyWorldId, travels: 2 });
  });

  test.each(["legacy", "v1"] as const)(
    "is not put off by a socket that it took over from, which comes to the stream after it (%s)",
    async (protocol) => {
      const { rig, ana, bob } = await lobby(protocol);
      await bob.connect();
      const before = await late(rig, ana, { isInStream: false });
      await ana.connect();
      const heard = bob.heard().length;
      await cameLate(rig, ana, before);
      await rig.pass(resumeGraceMs + 100);
      await ana.say("say still here");
      await rig.quiet();
      expect(ana.heard().at(-1)).toBe('speech_self: You say: "still here"');
      expect(ana.heard(before)).toEqual([expect.stringMatching(/^system: You have connected from somewhere else/)]);
      expect(bob.heard().slice(heard)).toEqual(['speech: Ana says: "still here"']);
    },
  );

  test("is not put off by one that said goodbye, and comes to the stream again", async () => {
    const { rig, ana } = await lobby("v1");
    await ana.connect();
    const before = ana.id;
    await ana.leave();
    await ana.connect();
    await cameLate(rig, ana, before);
    await rig.pass(resumeGraceMs + 100);
    await ana.say("say here");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "here"');
  });

  test("in the very turn in which the old link is given up is there", async () => {
    const rig = worldRig();
    let jumpMs = 0;
    await rig.serve({ ...rig.ctx, clock: { ...rig.ctx.clock, nowMs: () => rig.clock.nowMs() + jumpMs } });
    const ana = await rig.player("Ana", "v1");
    await ana.connect();
    await ana.leave();
    await rig.quiet();
    jumpMs = lateRealMsMax + 1;
    await ana.connect();
    await rig.pass(resumeGraceMs + 100);
    expect([...(await rig.stored(lobbyWorldId)).state.bodies.keys()]).toEqual([ana.own]);
    await ana.say("say here");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "here"');
  });
});
