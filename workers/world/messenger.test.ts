import { describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { type ConnectionId, type InputId, lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { fieldId, type Player, worldRig, type WorldRig } from "#tests/support/world-rig.ts";
import { resendMs } from "./messenger.ts";

type Append = (worldId: WorldId, input: WorldInput) => Promise<void>;

/** Ana in the lobby; what the worlds say to each other goes through `between`. */
async function journey(between: (append: Append, rig: WorldRig) => Append = (append) => append) {
  const rig = worldRig();
  const append = between(rig.ctx.inputs.append, rig);
  const service = await rig.serve({ ...rig.ctx, inputs: { ...rig.ctx.inputs, append } });
  const ana = await rig.player("Ana");
  await ana.connect();
  return { rig, ana, service };
}
const numbered = (of: Player, number: number, text: string) => {
  const id = `typed-${number}` as InputId;
  return { type: "command", id, connectionId: of.id, characterId: of.own, number, text } as const;
};

describe("what a traveller types", () => {
  test("is said in the next world in its order, though some of it was late and some of it early", async () => {
    const { rig, ana } = await journey();
    const typed = (number: number, text: string) => rig.ctx.inputs.append(lobbyWorldId, numbered(ana, number, text));
    await typed(3, "say three");
    await typed(1, "enter field");
    await rig.quiet();
    await typed(2, "say two");
    await rig.quiet();
    expect(rig.said(fieldId)).toEqual(["two", "three"]);
  });

  test("ahead comes before what is typed after the journey, though that takes the shorter way", async () => {
    const { rig, ana } = await journey((append, { clock }) => async (worldId, input) => {
      if (input.type === "command") await clock.sleep(20);
      return append(worldId, input);
    });
    await ana.say("enter field");
    await ana.say("say one");
    await rig.quiet();
    expect(await rig.ctx.connections.get(ana.id)).toMatchObject({ worldId: fieldId });
    await ana.say("say two");
    await rig.quiet();
    expect(rig.said(fieldId)).toEqual([]);
    await rig.pass(40, 10);
    expect(rig.said(fieldId)).toEqual(["one", "two"]);
  });

  test("reaches them also where their socket was registered for the world that they had just left", async () => {
    const { rig, ana } = await journey();
    await ana.say("enter field");
    await rig.quiet();
    const { userId, sessionId } = (await rig.ctx.connections.get(ana.id))!;
    await ana.leave(1000);
    await rig.quiet();
    const id = "late" as ConnectionId;
    const socket = { id, userId, sessionId, username: "Ana", protocol: "legacy", connectedAtMs: 0 } as const;
    await rig.ctx.connections.add({
      ...socket,
      characterId: ana.own,
      characterName: "Ana",
      worldId: lobbyWorldId,
      travels: 0,
    });
    rig.clients.open(id);
    await rig.ctx.inputs.append(lobbyWorldId, { ...numbered(ana, 1, "say here"), connectionId: id });
    await rig.quiet();
    expect(rig.said(fieldId)).toEqual(["here"]);
    expect(await rig.ctx.connections.get(id)).toMatchObject({ worldId: fieldId });
    expect(ana.heard(id).at(-1)).toBe('speech_self: You say: "here"');
  });
});

describe("a message between worlds", () => {
  test("that is swallowed by the way is sent again", async () => {
    let isSwallowed = false;
    const { rig, ana } = await journey((append) => async (worldId, input) => {
      if (input.type !== "arrive" || isSwallowed) return append(worldId, input);
      isSwallowed = true;
    });
    await ana.say("enter field");
    await rig.pass(resendMs - 200, 100);
    expect((await rig.stored(fieldId)).state.bodies.size).toBe(0);
    await rig.pass(400, 100);
    expect((await rig.stored(fieldId)).state.bodies.has(ana.own)).toBe(true);
    await ana.say("say here");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "here"');
  });

  test("that nobody confirms is sent again, and does not take the traveller away who is back", async () => {
    const { rig, ana } = await journey((append) => async (worldId, input) => {
      if (input.type === "settled" && worldId === lobbyWorldId) throw new AppError("UNAVAILABLE", "down");
      return append(worldId, input);
    });
    for (const text of ["enter field", "lobby"]) {
      await ana.say(text);
      await rig.pass(200);
    }
    expect((await rig.stored(lobbyWorldId)).state.outbound.size).toBe(1);
    await rig.pass(resendMs + 500, 100);
    expect(await rig.ctx.connections.get(ana.id)).toMatchObject({ worldId: lobbyWorldId });
    await ana.say("say still here");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "still here"');
    expect((await rig.stored(fieldId)).state.bodies.size).toBe(0);
  });

  test("under way is waited for when its world is given up in good order", async () => {
    const rig = worldRig();
    const slow: Append = async (worldId, input) => {
      await rig.clock.sleep(300);
      return rig.ctx.inputs.append(worldId, input);
    };
    await rig.serve(rig.ctx, [fieldId], "field");
    const lobby = await rig.serve({ ...rig.ctx, inputs: { ...rig.ctx.inputs, append: slow } }, [lobbyWorldId], "lobby");
    const ana = await rig.player("Ana");
    await ana.connect();
    await ana.say("enter field");
    await ana.say("say one");
    await rig.quiet();
    const stopping = lobby.stop();
    await rig.pass(1000, 100);
    await stopping;
    expect(rig.said(fieldId)).toEqual(["one"]);
  });
});

test("a traveller whose socket breaks on the way does not stand in the next world for ever", async () => {
  const { rig, ana } = await journey((append, { clock }) => async (worldId, input) => {
    if (input.type === "arrive") await clock.sleep(200);
    return append(worldId, input);
  });
  await ana.say("enter field");
  await rig.quiet();
  await ana.leave(1006);
  await rig.pass(500);
  expect((await rig.stored(fieldId)).state.bodies.get(ana.own)!.linkLostAtMs).not.toBeNull();
  await rig.pass(121_000, 1000);
  expect((await rig.stored(fieldId)).state.bodies.size).toBe(0);
});
