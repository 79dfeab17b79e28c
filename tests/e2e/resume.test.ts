import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { outboxFramesMax } from "#core/ports/outbox.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { errorFrame, type Frame, message, pongFrame, stateUpdateFrame, summary } from "#tests/support/frames.ts";
import { type Account, newAccount } from "#tests/support/rest.ts";
import { connect, greeted, here, newPlayer, type Player, subprotocol } from "#tests/support/player.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";
import { wsClient } from "#tests/support/ws-client.ts";

let backend: Backend;
let ann: Account;
beforeAll(async () => {
  backend = await startTestBackend();
  ann = await newAccount(backend.url, "ResumeAnn");
});
afterAll(() => backend[Symbol.asyncDispose]());

describe("thousand-worlds.v1", () => {
  const v1 = { v1: true };
  const seqs = (frames: readonly Frame[]) => frames.map(({ seq }) => seq!).filter((seq) => seq > 0);
  const following = (after: number, count: number) => Array.from({ length: count }, (_, index) => after + 1 + index);
  const lastSeq = ({ frames }: Player) => seqs(frames).at(-1) ?? 0;
  const speech = (frames: readonly Frame[]) => frames.filter((frame) => message("speech")(frame)).map(summary);

  /** The world has noticed that the link is broken. */
  async function noticed(witness: Player, name: string): Promise<void> {
    for (let tries = 0; tries < 25; tries++) {
      const seen = await witness.ask(`look ${name}`, message("info"));
      if (seen.data.text.endsWith("stares into the distance.")) return;
    }
    throw new Error("nobody noticed that the link is broken");
  }

  test("is agreed on with who offers it, and with nobody else", async () => {
    const headers = { authorization: `Bearer ${ann.token}` };
    using offered = await wsClient(`${backend.url}/api/game/ws`, { headers, protocols: ["other", subprotocol] });
    expect(offered.ws.protocol).toBe(subprotocol);
    using legacy = await wsClient(`${backend.url}/api/game/ws`, { headers });
    expect(legacy.ws.protocol).toBe("");
  });

  test("numbers every frame without a gap, and puts in one what is due together", async () => {
    const player = await here(newPlayer(backend.url, "Numbered", v1));
    expect(player.objectsPerFrame[0]).toBe(4);
    expect(player.frames.slice(0, 3).map(({ type }) => type)).toEqual(["state_update", "game_message", "map_update"]);
    await player.ask("north", message("movement"));
    await player.ask("enter Hearthvale", message("movement"));
    await greeted(player, "Hearthvale");
    await player.ask("look", message("area_description"));
    expect(seqs(player.frames)).toEqual(following(player.frames[0]!.seq! - 1, player.frames.length));
    // What concerns the connection itself is not kept, hence not counted.
    player.send({ type: "ping" });
    expect((await player.next(pongFrame)).seq).toBe(0);
  });

  test("leaves a client that does not offer it one object a frame", async () => {
    const player = await here(newPlayer(backend.url, "Legacy"));
    await player.ask("north", message("movement"));
    await player.next(stateUpdateFrame);
    expect(new Set(player.objectsPerFrame)).toEqual(new Set([1]));
  });

  test("resumes after a broken link exactly what was missed, in order, and nobody else notices", async () => {
    const witness = await here(newPlayer(backend.url, "MissWitness"));
    const first = await here(newPlayer(backend.url, "Misser", v1));
    await witness.next(message("arrival"));
    await witness.ask("say before", message("speech_self"));
    await first.next(message("speech", 'MissWitness says: "before"'));
    const after = lastSeq(first);
    await first.cut();
    await noticed(witness, "Misser");
    for (let n = 1; n <= 5; n++) await witness.ask(`say missed ${n}`, message("speech_self"));

    const second = await connect(backend.url, first.account, v1);
    onTestFinished(() => second[Symbol.dispose]());
    second.send({ type: "resume", data: { after } });
    await second.next(message("speech", 'MissWitness says: "missed 5"'));
    await witness.ask("say afterwards", message("speech_self"));
    await second.next(message("speech", 'MissWitness says: "afterwards"'));
    expect(speech(second.frames)).toEqual(
      ["missed 1", "missed 2", "missed 3", "missed 4", "missed 5", "afterwards"].map(
        (words) => `speech: MissWitness says: "${words}"`,
      ),
    );
    expect(seqs(second.frames)).toEqual(following(after, second.frames.length));
    expect((await witness.settled()).map(summary)).toEqual([]);
    await second.ask("say I heard it all", message("speech_self"));
    await witness.next(message("speech", 'Misser says: "I heard it all"'));
  });

  test("shows everything anew to who comes back and does not say from where to resume", async () => {
    const witness = await here(newPlayer(backend.url, "AnewWitness"));
    const first = await here(newPlayer(backend.url, "Anew", v1));
    await witness.next(message("arrival"));
    await first.cut();
    await noticed(witness, "Anew");
    const second = await here(connect(backend.url, first.account, v1));
    expect(second.frames.slice(0, 3).map(({ type }) => type)).toEqual(["state_update", "game_message", "map_update"]);
    expect((await witness.settled()).map(summary)).toEqual([]);
  });

  test("keeps words from another world for who is away", async () => {
    const friend = await here(newPlayer(backend.url, "KeepFriend"));
    const first = await here(newPlayer(backend.url, "Keeper", v1));
    await first.ask("enter Hearthvale", message("movement"));
    await greeted(first, "Hearthvale");
    await first.ask("look", message("area_description"));
    const after = lastSeq(first);
    const secret = keepSecret("kept-for-you-5e21");
    await friend.ask(`tell Keeper ${secret}`, message("tell_self"));
    await first.cut();
    const second = await connect(backend.url, first.account, v1);
    onTestFinished(() => second[Symbol.dispose]());
    second.send({ type: "resume", data: { after } });
    await second.next(message("tell", `KeepFriend tells you: "${secret}"`));
    expect(seqs(second.frames)[0]).toBe(after + 1);
  });

  test("says so and shows everything where what was missed is no longer kept", async () => {
    const witness = await here(newPlayer(backend.url, "LongWitness"));
    const speaker = await newAccount(backend.url, "LongSpeaker");
    const first = await here(newPlayer(backend.url, "LongAway", v1));
    await witness.next(message("arrival"));
    const after = lastSeq(first);
    await first.cut();
    await noticed(witness, "LongAway");
    // One connection may not say so much at once.
    const linesPerSocket = 38;
    for (let said = 0; said <= outboxFramesMax; said += linesPerSocket) {
      using socket = await connect(backend.url, speaker);
      await greeted(socket);
      for (let n = 0; n < linesPerSocket; n++) socket.say(`say ${said + n}`);
      await socket.settled();
      await socket.close();
    }

    const second = await connect(backend.url, first.account, v1);
    onTestFinished(() => second[Symbol.dispose]());
    second.send({ type: "resume", data: { after } });
    await second.next(errorFrame("RESUME_EXPIRED"));
    await greeted(second);
    expect(second.frames.map(({ type }) => type)).toEqual(["error", "state_update", "game_message", "map_update"]);
    await second.ask("say here again", message("speech_self"));
    expect(seqs(second.frames)).toEqual(following(seqs(second.frames)[0]! - 1, second.frames.length));
  });

  test.each([
    ["from before the beginning", 0],
    ["from a number that never was", 1_000_000],
    ["from the largest number there is", Number.MAX_SAFE_INTEGER],
  ])("does not resume %s", async (_what, after) => {
    const player = await here(newPlayer(backend.url, `Never${String(after).length}`, v1));
    player.send({ type: "resume", data: { after } });
    await player.next(errorFrame("RESUME_EXPIRED"));
    await greeted(player);
  });

  test("runs no command twice, however often it comes: at once, after a broken link, or in another world", async () => {
    const witness = await here(newPlayer(backend.url, "TwiceWitness"));
    const first = await here(newPlayer(backend.url, "Twice", v1));
    await witness.next(message("arrival"));
    first.say("say once", "c-1");
    first.say("say once", "c-1");
    await first.settled();
    const after = lastSeq(first);
    first.say("say twice", "c-2");
    first.say("north", "c-3");
    await first.cut();
    await noticed(witness, "Twice");

    const second = await connect(backend.url, first.account, v1);
    onTestFinished(() => second[Symbol.dispose]());
    second.send({ type: "resume", data: { after } });
    for (const [text, id] of [
      ["say once", "c-1"],
      ["say twice", "c-2"],
      ["north", "c-3"],
    ] as const)
      second.say(text, id);
    await second.settled();
    const { data } = await second.ask("look me", message("info"));
    expect(data.text).toMatch(/You are facing north\.$/u);
    await witness.settled();
    const heard = witness.frames.map(summary).filter((text) => text.includes("Twice") && !text.startsWith("info"));
    expect(heard.slice(1)).toEqual([
      'speech: Twice says: "once"',
      'speech: Twice says: "twice"',
      "movement: Twice walks north.",
    ]);

    second.say("say thrice", "c-4");
    second.say("enter Hearthvale", "c-5");
    await greeted(second, "Hearthvale");
    second.say("say thrice", "c-4");
    second.say("enter Hearthvale", "c-5");
    const there = (await second.settled()).map(summary);
    expect(there.filter((text) => text.startsWith("speech_self"))).toEqual([]);
  });
});

test("nothing that is nobody else's business was logged", () => {
  expectNoSecretsIn(backend.output());
});
