import { describe, expect, test } from "vitest";
import { lobbyWorldId, type ConnectionId, type InputId } from "#core/lib/ids.ts";
import { lingerMs } from "#core/world/decide/presence.ts";
import { reorderWindowMs } from "#core/world/reorder.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { fieldId, type Player, worldRig } from "#tests/support/world-rig.ts";
import { mortal } from "#tests/support/mortal.ts";
import { framesWaitingMax } from "./line.ts";
import { resumeGraceMs } from "./sockets.ts";

const greeting = [
  "state_update",
  expect.stringMatching(/^area_description: Lobby\n/),
  expect.stringMatching(/^map_update/),
];

async function lobby(protocol: "legacy" | "v1" = "legacy") {
  const rig = worldRig();
  await rig.serve();
  const [ana, bob] = [await rig.player("Ana", protocol), await rig.player("Bob")];
  return { rig, ana, bob };
}

describe("whoever connects", () => {
  test("is shown everything; others see them come", async () => {
    const { ana, bob } = await lobby();
    await bob.connect();
    expect(bob.heard()).toEqual(greeting);
    await ana.connect();
    expect(ana.heard()).toEqual(greeting);
    expect(bob.heard().at(-1)).toBe("arrival: Ana appears in the lobby.");
  });

  test("hears the first words also where they came before the handshake was done", async () => {
    const { rig, ana } = await lobby();
    await ana.connect(ana.own, { isOpen: false });
    await rig.pass(200, 20);
    rig.clients.open(ana.id);
    await rig.pass(40, 20);
    expect(ana.heard()).toEqual(greeting);
  });

  test("and never opens the socket is given up after a while, and leaves", async () => {
    const { rig, ana } = await lobby();
    await ana.connect(ana.own, { isOpen: false });
    await rig.pass(5200, 100);
    expect(await rig.ctx.connections.get(ana.id)).toBeNull();
    expect((await rig.stored(lobbyWorldId)).state.bodies.size).toBe(0);
  });

  test("and leaves again at once, as a page that is loaded anew does, is shown everything", async () => {
    const { rig, ana } = await lobby();
    await ana.connect();
    // Both in one turn.
    await ana.leave(1001);
    await ana.connect();
    expect(ana.heard()).toEqual(greeting);
    await ana.say("say here");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "here"');
  });

  test("again while the old socket is there takes over; the old one is told and closed, and others notice nothing", async () => {
    const { rig, ana, bob } = await lobby();
    await bob.connect();
    await ana.connect();
    const [first, heardBefore] = [ana.id, bob.heard().length];
    await ana.connect();
    expect(rig.clients.isOpen(first)).toBe(false);
    expect(ana.heard(first).at(-1)).toMatch(/^system: You have connected from somewhere else/);
    expect(ana.heard()).toEqual(greeting);
    // What API Gateway reports of the old socket now is about nobody.
    const requestContext = { connectionId: first, requestId: "r", disconnectStatusCode: 1000 };
    await rig.ctx.connections.remove(requestContext.connectionId);
    await ana.say("say still here");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "still here"');
    expect(bob.heard().slice(heardBefore)).toEqual(['speech: Ana says: "still here"']);
  });
});

describe("a world whose owner died", () => {
  async function died(protocol: "legacy" | "v1", isKilled: boolean) {
    const rig = worldRig();
    const road = { isCut: false };
    const clients = {
      ...rig.clients,
      // What it had still to tell is lost with it.
      post: (...args: Parameters<typeof rig.clients.post>) =>
        road.isCut ? new Promise<never>(() => {}) : rig.clients.post(...args),
    };
    const worker = mortal({ ...rig.ctx, clients }, null);
    const service = await rig.serve(worker.ctx, [lobbyWorldId], "first");
    const ana = await rig.player("Ana", protocol);
    await ana.connect();
    await rig.pass(1000);
    const before = ana.heard().length;
    road.isCut = true;
    await ana.say("say hello");
    await rig.quiet();
    expect([rig.said(lobbyWorldId), ana.heard().length]).toEqual([["hello"], before]);
    if (isKilled) worker.kill();
    else void service.stop();
    await rig.pass(1000);
    await rig.serve(rig.ctx, [lobbyWorldId], "first");
    await rig.pass(1000);
    return { rig, ana, since: () => ana.heard().slice(before) };
  }

  test.each(["legacy", "v1"] as const)(
    "shows everyone who is connected everything as it is now, once (%s)",
    async (protocol) => {
      const { rig, ana, since } = await died(protocol, true);
      const map = protocol === "v1" ? "map_update" : expect.stringMatching(/^map_update/);
      expect(since()).toEqual(["state_update", expect.stringMatching(/^area_description: Lobby\n/), map]);
      await ana.say("say still here");
      await rig.quiet();
      expect(since().slice(3)).toEqual(['speech_self: You say: "still here"']);
    },
  );

  test("in good order leaves nothing to be shown again", async () => {
    const { since } = await died("legacy", false);
    expect(since()).toEqual([]);
  });
});

describe("a socket that does not drain", () => {
  test("is given up, and nobody else waits for it", async () => {
    const { rig, ana, bob } = await lobby();
    await ana.connect();
    await bob.connect();
    rig.clients.stall(ana.id);
    await bob.say("say hello");
    await rig.quiet();
    expect(await rig.ctx.connections.get(ana.id)).toBeNull();
    expect(bob.heard().slice(-2)).toEqual(['speech_self: You say: "hello"', "departure: Ana leaves."]);
  });

  test("and answers nothing at all is given up at a bound, and no world waits for it, not even when it travels", async () => {
    const rig = worldRig();
    const hung = new Set<string>();
    const post = rig.ctx.clients.post;
    const clients = {
      ...rig.ctx.clients,
      post: (id: ConnectionId, frame: string) => (hung.has(id) ? new Promise<never>(() => {}) : post(id, frame)),
    };
    await rig.serve({ ...rig.ctx, clients });
    const [ana, bob] = [await rig.player("Ana"), await rig.player("Bob")];
    await ana.connect();
    await bob.connect();
    hung.add(ana.id);
    await ana.say("enter field");
    await rig.quiet();
    await bob.say("say and on it goes");
    await rig.quiet();
    expect(bob.heard().at(-1)).toBe('speech_self: You say: "and on it goes"');
    await rig.pass(1100, 100);
    expect((await rig.stored(fieldId)).state.bodies.has(ana.own)).toBe(true);

    hung.add(bob.id);
    const cat = await rig.player("Cat");
    await cat.connect();
    for (let i = 0; i <= framesWaitingMax; i++) await cat.say("say hm");
    await rig.pass(500);
    expect(await rig.ctx.connections.get(bob.id)).toBeNull();
    expect(cat.heard().filter((text) => text.includes("hm"))).toHaveLength(framesWaitingMax + 1);
  });
});

describe("a socket of thousand-worlds.v1", () => {
  test("numbers every frame from 1 without gaps", async () => {
    const { rig, ana } = await lobby("v1");
    await ana.connect();
    for (const text of ["n", "say a", "look"]) await ana.say(text);
    await rig.quiet();
    const numbers = ana.frames().map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  test("that broke is given exactly what it missed, once and in order, and then what follows", async () => {
    const { rig, ana, bob } = await lobby("v1");
    await ana.connect();
    await bob.connect();
    await rig.quiet();
    const seen = ana.frames().at(-1)!.seq!;
    await ana.leave();
    for (const word of ["one", "two"]) await bob.say(`say ${word}`);
    await rig.quiet();
    await ana.connect();
    await bob.say("say three");
    await rig.quiet();
    expect(ana.frames()).toEqual([]);
    await ana.send({ type: "resume", data: { after: seen } });
    await bob.say("say four");
    await rig.pass(resumeGraceMs + 100);
    expect(ana.frames().map(({ seq, data }) => [seq, data.text])).toEqual(
      ["one", "two", "three", "four"].map((word, i) => [seen + 1 + i, `Bob says: "${word}"`]),
    );
    expect(bob.heard().some((text) => text.startsWith("departure"))).toBe(false);
  });

  test("that broke unnoticed may resume as well", async () => {
    const { rig, ana, bob } = await lobby("v1");
    await ana.connect();
    await bob.connect();
    await rig.quiet();
    const seen = ana.frames().at(-1)!.seq!;
    await bob.say("say one");
    await rig.quiet();
    await ana.connect();
    await ana.send({ type: "resume", data: { after: seen } });
    await rig.pass(resumeGraceMs + 100);
    expect(ana.heard()).toEqual(['speech: Bob says: "one"']);
  });

  test("that does not say from where is shown everything after a moment", async () => {
    const { rig, ana } = await lobby("v1");
    await ana.connect();
    await ana.leave();
    await rig.quiet();
    await ana.connect();
    await rig.pass(resumeGraceMs - 50, 10);
    expect(ana.heard()).toEqual([]);
    await rig.pass(100, 10);
    expect(ana.heard()).toEqual(greeting);
  });

  test("that asks for what is no longer kept, or never was, is told so and shown everything", async () => {
    const { rig, ana } = await lobby("v1");
    await ana.connect();
    await ana.leave();
    await rig.quiet();
    await ana.connect();
    await ana.send({ type: "resume", data: { after: 999 } });
    await rig.pass(100);
    expect(ana.heard()).toEqual(["error", ...greeting]);
    expect(ana.frames()[0]!.data.code).toBe("RESUME_EXPIRED");
    await ana.say("say on");
    await rig.quiet();
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "on"');
  });

  test("that is gone for too long leaves", async () => {
    const { rig, ana, bob } = await lobby("v1");
    await bob.connect();
    await ana.connect();
    await ana.leave();
    await rig.pass(lingerMs - 2000, 2000);
    expect(bob.heard().at(-1)).toBe("arrival: Ana appears in the lobby.");
    await rig.pass(3000, 1000);
    expect(bob.heard().at(-1)).toBe("departure: Ana leaves.");
    await ana.connect();
    expect(ana.heard()).toEqual(greeting);
  });

  test("does not let an older socket's request resume it", async () => {
    const { rig, ana } = await lobby("v1");
    await ana.connect();
    await ana.leave();
    await rig.quiet();
    const old = ana.id;
    await ana.connect();
    const input = { type: "resume", id: "r" as InputId, connectionId: old, characterId: ana.own } as const;
    await rig.ctx.inputs.append(lobbyWorldId, { ...input, number: 9, after: 0 });
    await rig.quiet();
    expect(ana.heard()).toEqual([]);
  });
});

test("frames that a resume has sent already are not sent again", async () => {
  const rig = worldRig();
  const { outbox, clock } = rig.ctx;
  const after: typeof outbox.after = async (...args) => {
    await clock.sleep(50);
    return outbox.after(...args);
  };
  await rig.serve({ ...rig.ctx, outbox: { ...outbox, after } });
  const [ana, bob] = [await rig.player("Ana", "v1"), await rig.player("Bob")];
  await bob.connect();
  await ana.connect();
  const seen = ana.frames().at(-1)!.seq!;
  await ana.leave();
  await rig.quiet();
  await ana.connect();
  await ana.send({ type: "resume", data: { after: seen } });
  await bob.say("say while it is read");
  await rig.pass(200, 10);
  expect(ana.frames().map(({ seq }) => seq)).toEqual([seen + 1]);
});

test("nothing more is sent to a socket that was taken over before it was open", async () => {
  const { rig, ana } = await lobby();
  await ana.connect(ana.own, { isOpen: false });
  const first = ana.id;
  await ana.connect();
  expect(ana.heard()).toEqual(greeting);
  rig.clients.open(first);
  await rig.pass(200, 20);
  expect(ana.heard(first)).toEqual([]);
});

describe("a connection's commands", () => {
  const command = (of: Player, number: number, text: string) =>
    ({
      type: "command",
      id: `late-${number}` as InputId,
      connectionId: of.id,
      characterId: of.own,
      number,
      text,
    }) as const;

  test("are applied in the order in which they were sent, though they overtook each other", async () => {
    const { rig, ana } = await lobby();
    await ana.connect();
    for (const number of [3, 2, 1, 5, 4])
      await rig.ctx.inputs.append(lobbyWorldId, command(ana, number, `say ${number}`));
    await rig.quiet();
    expect(rig.said(lobbyWorldId)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("do not wait for one that never comes, whatever the wall clock does meanwhile", async () => {
    const rig = worldRig();
    let jumpMs = 0;
    await rig.serve({ ...rig.ctx, clock: { ...rig.ctx.clock, nowMs: () => rig.clock.nowMs() + jumpMs } });
    const ana = await rig.player("Ana");
    await ana.connect();
    await rig.ctx.inputs.append(lobbyWorldId, command(ana, 2, "say 2"));
    await rig.quiet();
    expect(rig.said(lobbyWorldId)).toEqual([]);
    jumpMs = -3_600_000;
    await rig.pass(reorderWindowMs + 20, 10);
    expect(rig.said(lobbyWorldId)).toEqual(["2"]);
    await rig.ctx.inputs.append(lobbyWorldId, command(ana, 1, "say 1"));
    await rig.quiet();
    expect(rig.said(lobbyWorldId)).toEqual(["2", "1"]);
  });

  test("are applied before the goodbye that overtook them on its way to the stream", async () => {
    const { rig, ana } = await lobby();
    await ana.connect();
    const slow = async (...args: Parameters<typeof rig.ctx.inputs.append>) => {
      await rig.clock.sleep(20);
      return rig.ctx.inputs.append(...args);
    };
    const requestContext = { connectionId: ana.id, requestId: "r" };
    const body = JSON.stringify({ type: "command", data: { text: "say last words" } });
    const ctx = { ...rig.ctx, inputs: { ...rig.ctx.inputs, append: slow } };
    void handleMessage(ctx, rig.config, { requestContext, body });
    await rig.quiet();
    await ana.leave(1000);
    await rig.quiet();
    expect((await rig.stored(lobbyWorldId)).state.bodies.size).toBe(1);
    await rig.pass(100, 10);
    expect(rig.said(lobbyWorldId)).toEqual(["last words"]);
    expect((await rig.stored(lobbyWorldId)).state.bodies.size).toBe(0);
  });

  test("that are held back when the link breaks are applied before it", async () => {
    const { rig, ana } = await lobby("v1");
    await ana.connect();
    await rig.ctx.inputs.append(lobbyWorldId, command(ana, 2, "say last words"));
    await ana.leave();
    await rig.quiet();
    expect(rig.said(lobbyWorldId)).toEqual(["last words"]);
  });
});
