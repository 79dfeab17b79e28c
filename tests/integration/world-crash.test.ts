import { describe, expect, test } from "vitest";
import { lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";
import { type Crash, type Mortal, mortal } from "#tests/support/mortal.ts";
import { fieldId, type Player, worldRig, type WorldRig } from "#tests/support/world-rig.ts";

// Every moment at which a worker can die is tried: just before and just after each thing that it does to the world outside its memory.

const worldsOf = { lobby: [lobbyWorldId], field: [fieldId], both: [lobbyWorldId, fieldId] } as const;
type Victim = keyof typeof worldsOf;

type Story = {
  readonly victim: Victim;
  readonly protocol: WireProtocol;
  readonly script: readonly string[];
  readonly isTypedAhead: boolean;
  /** How the player comes to be who begins the script. */
  readonly begin: (rig: WorldRig, player: Player) => Promise<unknown>;
};
type Played = { readonly rig: WorldRig; readonly ana: Player; readonly effects: readonly string[] };

/** Plays the story, lets the victim die at that moment, and starts it again under the same name. */
async function play(story: Story, crash: Crash | null, isBrokerLost = false): Promise<Played> {
  const rig = worldRig();
  const ana = await rig.player("Ana", story.protocol);
  const names: readonly Victim[] = story.victim === "both" ? ["both"] : ["lobby", "field"];
  const workers = new Map<Victim, Mortal>();
  for (const name of names) {
    const worker = mortal(rig.ctx, name === story.victim ? crash : null);
    workers.set(name, worker);
    // It may die while it starts.
    void rig.serve(worker.ctx, worldsOf[name], name);
  }
  await rig.quiet();
  const victim = workers.get(story.victim)!;
  const reviveIfDead = async () => {
    if (!victim.isDead || rig.lines.some(({ message }) => message === "revived")) return;
    rig.ctx.log.info({}, "revived");
    if (isBrokerLost) {
      for (const worker of workers.values()) worker.kill();
      rig.loseVolatile();
      await Promise.all(names.map((name) => rig.serve(rig.ctx, worldsOf[name], name)));
      await ana.connect(await whereabouts(rig, ana));
    } else await rig.serve(rig.ctx, worldsOf[story.victim], story.victim);
  };

  await story.begin(rig, ana);
  for (const [i, text] of story.script.entries()) {
    await ana.say(text, story.protocol === "v1" ? `c${i}` : undefined);
    if (story.isTypedAhead) continue;
    await rig.pass(100, 100);
    await reviveIfDead();
  }
  await rig.pass(200, 100);
  await reviveIfDead();
  // A message that was on its way is sent again, and confirmed. What a stream takes for a repetition waits until it has forgotten the first.
  await rig.pass(12_000, 500);
  return { rig, ana, effects: victim.effects };
}

/** Whom the player would connect as. */
async function whereabouts(rig: WorldRig, { own }: Player): Promise<Player["own"]> {
  const { userId } = (await rig.ctx.characters.get(own))!;
  const [last] = await rig.ctx.characters.ofUser(userId);
  return last!.id;
}

async function everyMoment(
  story: Story,
  check: (played: Played, moment: string) => Promise<void>,
  isBrokerLost = false,
) {
  const { effects } = await play(story, null);
  expect(effects.length).toBeGreaterThan(20);
  for (const [i, effect] of effects.entries()) {
    for (const isDone of [false, true]) {
      const moment = `dies ${isDone ? "after" : "before"} effect ${i + 1}, ${effect}`;
      await check(await play(story, { atEffect: i + 1, isDone }, isBrokerLost), moment);
    }
  }
}

/** In which worlds the character is, by their logs, and what they still have to say to each other. */
async function found(rig: WorldRig, ids: readonly Player["own"][]): Promise<{ bodies: WorldId[]; outbound: number }> {
  const worlds = await Promise.all(
    [lobbyWorldId, fieldId].map(async (id) => ({ id, state: (await rig.stored(id)).state })),
  );
  return {
    bodies: worlds.flatMap(({ id, state }) => ids.filter((character) => state.bodies.has(character)).map(() => id)),
    outbound: worlds.reduce((sum, { state }) => sum + state.outbound.size, 0),
  };
}

const travelling = {
  script: ["say one", "n", "enter field", "say two", "n", "lobby", "say three", "enter field", "say four"],
  begin: (_rig: WorldRig, ana: Player) => ana.connect(),
};

describe("a traveller whose worlds die under way", () => {
  test.each([
    ["both", "legacy", true],
    ["both", "v1", false],
    ["lobby", "legacy", true],
    ["lobby", "v1", true],
    ["lobby", "legacy", false],
    ["field", "legacy", true],
    ["field", "v1", true],
    ["field", "v1", false],
  ] as const)(
    "is in one world, and has said everything once and in order (%s, %s, typed ahead: %s)",
    async (victim, protocol, isTypedAhead) => {
      await everyMoment({ ...travelling, victim, protocol, isTypedAhead }, async ({ rig, ana }, moment) => {
        const at = await found(rig, [ana.own]);
        expect([moment, rig.said(lobbyWorldId), rig.said(fieldId), at]).toEqual([
          moment,
          ["one", "three"],
          ["two", "four"],
          { bodies: [fieldId], outbound: 0 },
        ]);
        expect(await rig.ctx.characters.get(ana.own)).toMatchObject({ worldId: fieldId, hasArrived: true, travels: 3 });
      });
    },
  );

  test("is in one world, and has said nothing twice, also where the broker died with them", async () => {
    await everyMoment(
      { ...travelling, victim: "both", protocol: "v1", isTypedAhead: true },
      async ({ rig, ana }, moment) => {
        await ana.say("say five");
        await rig.pass(1000, 100);
        const { bodies, outbound } = await found(rig, [ana.own]);
        const said = [...rig.said(lobbyWorldId), ...rig.said(fieldId)];
        expect([moment, bodies.length, outbound, new Set(said).size]).toEqual([moment, 1, 0, said.length]);
        expect([moment, said.includes("five")]).toEqual([moment, true]);
      },
      true,
    );
  });
});

describe("a traveller whose database or broker fails once", () => {
  test.each([
    ["both", "legacy", true],
    ["lobby", "v1", false],
    ["field", "v1", true],
  ] as const)(
    "is in one world, and has said everything once and in order (%s, %s, typed ahead: %s)",
    async (victim, protocol, isTypedAhead) => {
      const story: Story = { ...travelling, victim, protocol, isTypedAhead };
      const { effects } = await play(story, null);
      for (const [i, effect] of effects.entries()) {
        // A socket whose frame was lost is closed: what the player says after that is not taken.
        if (!/commit|append|rebind|snapshot/u.test(effect)) continue;
        for (const isDone of [false, true]) {
          const { rig, ana } = await play(story, { atEffect: i + 1, isDone, isFailure: true });
          await rig.pass(130_000, 5000);
          const moment = `effect ${i + 1}, ${effect}, fails ${isDone ? "after" : "before"} it is done`;
          expect([moment, rig.said(lobbyWorldId), rig.said(fieldId), await found(rig, [ana.own])]).toEqual([
            moment,
            ["one", "three"],
            ["two", "four"],
            { bodies: [fieldId], outbound: 0 },
          ]);
        }
      }
    },
  );
});

describe("a player who goes on as another character while its world dies", () => {
  test.each(["legacy", "v1"] as const)(
    "is one of them, and has said everything once and in order (%s)",
    async (protocol) => {
      const story: Story = {
        victim: "both",
        protocol,
        script: ["say one", "enter field", "say two", "lobby", "say three"],
        isTypedAhead: true,
        async begin(rig, ana) {
          const own = (await rig.ctx.characters.get(ana.own))!;
          const elder = {
            ...own,
            id: `${ana.own.slice(0, -4)}ffff` as Player["own"],
            name: "Elder",
            homeWorldId: fieldId,
          };
          await rig.ctx.characters.create({ ...elder, worldId: fieldId, travels: 0 });
          await ana.connect();
        },
      };
      await everyMoment(story, async ({ rig, ana }, moment) => {
        const ids = [ana.own, `${ana.own.slice(0, -4)}ffff` as Player["own"]];
        const { bodies, outbound } = await found(rig, ids);
        expect([moment, rig.said(lobbyWorldId), rig.said(fieldId), bodies, outbound]).toEqual([
          moment,
          ["one", "three"],
          ["two"],
          [lobbyWorldId],
          0,
        ]);
      });
    },
  );
});
