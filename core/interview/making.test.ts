import { describe, expect, test, vi } from "vitest";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import type { InputOf, WorldInput } from "#core/protocol/world-input.ts";
import { silentLog } from "#tests/support/database.ts";
import { ann, interviewRig, wholeStory } from "#tests/support/interview-rig.ts";
import { newAccount } from "#tests/support/records.ts";
import { lobbyWorldId, type WorldId } from "../lib/ids.ts";
import { AppError } from "../lib/errors.ts";
import { worldGenerating } from "../protocol/subjects.ts";
import { createWorld } from "../world/create-world.ts";
import type { InterviewContext } from "./context.ts";
import { keepInterviews, lookOutMs } from "./keep-interviews.ts";
import { creationMsMax, madeWithinMs } from "./make-world.ts";
import { inlineInterviews } from "./service.ts";
import { generationFaultsMax } from "./settle.ts";
import { interviewOf } from "./stored.ts";

/** An interview that stands before its confirmation, with worlds that are made when a test says so. */
async function reviewed(env: Record<string, string> = {}) {
  const rig = interviewRig({ env });
  const { tables, clock } = rig;
  const worlds = memoryWorlds(tables);
  const planets = memoryPlanets(tables);
  const bus = memoryBus({ clock, log: silentLog });
  const ctx: InterviewContext = {
    ...rig.ctx,
    worlds,
    worldVerbs: { create: (input) => createWorld({ worlds, clock }, input) },
  };
  tables.accounts.set(ann.userId, account);
  const { id } = await rig.verbs.start({ principal: ann });
  await rig.converse(id, [...wholeStory, "Rimehold"]);

  const heard: WorldInput[] = [];
  const listening: InterviewContext = {
    ...ctx,
    connections: { byName: async () => [{ userId: ann.userId, worldId: lobbyWorldId, characterId: "c1" } as never] },
    inputs: {
      append: async (worldId, input) => {
        if (worldId === lobbyWorldId && !heard.some((one) => one.id === input.id)) heard.push(input);
      },
    },
  };
  const stateOf = async () => interviewOf((await ctx.interviews.get(id))!.events);
  return {
    ...rig,
    ctx: listening,
    id,
    stateOf,
    worlds,
    heard,
    bus,
    words: () =>
      heard.filter((one): one is InputOf<"statueSpoke"> => one.type === "statueSpoke").map(({ text }) => text),
    /** What an owner of the world does in the end. */
    async makePlanet(worldId: WorldId) {
      const world = (await worlds.get(worldId))!;
      await planets.keep(worldId, new Uint8Array(1), world.spec.spawn.position);
    },
    keep: () => keepInterviews({ ...listening, bus }),
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 100) {
        await clock.advance(100);
        for (let i = 0; i < 20; i++) await Promise.resolve();
      }
    },
  };
}

const account = {
  ...newAccount(1),
  username: ann.username,
  role: "user" as const,
  lastLoginAtMs: null,
  emailVerifiedAtMs: null,
  lastWorldId: null,
};

describe("making the world of an interview", () => {
  test("is begun at once, told of while it lasts, and over when the world is there", async () => {
    const { ctx, id, stateOf, pass, makePlanet, keep, bus, words, heard, worlds } = await reviewed();
    await using _keeping = keep();
    const verbs = inlineInterviews(ctx);
    const telling = verbs.tell({ principal: ann, interviewId: id, text: "yes" });
    await pass(madeWithinMs + 300);
    const view = await telling;
    const { pending } = await stateOf();
    expect(view).toMatchObject({ status: "open", worldId: null, making: { worldId: pending!.worldId, stage: null } });
    expect(view.question).toContain("I am shaping Rimehold");
    expect(await worlds.get(pending!.worldId)).toMatchObject({
      status: "generating",
      spec: { ground: "planet", generator: { planet: { moons: [{}, {}], landShare: 0.2 } } },
    });

    bus.publish(worldGenerating, { worldId: pending!.worldId, stage: "history", share: 0.2 });
    await pass(800);
    bus.publish(worldGenerating, { worldId: pending!.worldId, stage: "climate", share: 0.85 });
    await pass(100);
    expect(words()).toEqual([
      "Plates of rock drift, part and collide. There are continents now.",
      "The seas are settling, and the winds find their ways.",
    ]);
    expect(await verbs.active({ principal: ann })).toMatchObject({
      question: expect.stringContaining("The seas are settling"),
      making: { stage: "climate", share: 0.85 },
    });
    await expect(verbs.tell({ principal: ann, interviewId: id, text: "quit" })).rejects.toMatchObject({
      code: "CONFLICT",
      retryAfterS: 2,
    });

    await makePlanet(pending!.worldId);
    await pass(lookOutMs + 200);
    expect((await stateOf()).status).toBe("completed");
    expect(heard.filter(({ type }) => type === "worldMade")).toEqual([
      expect.objectContaining({ userId: ann.userId, world: { worldId: pending!.worldId, name: "Rimehold" } }),
    ]);
    expect(words().at(-1)).toContain("Say `enter Rimehold`");
    const final = await verbs.finalize({ principal: ann, interviewId: id });
    expect(final).toMatchObject({ making: null, made: { worldId: pending!.worldId } });
  });

  test("cut off at any step goes on by itself, to one world that is announced once", async () => {
    const steps = ["create", "created", "announce", "speak", "complete"] as const;
    for (const step of steps) {
      const { ctx, id, stateOf, pass, makePlanet, keep, heard, tables, worlds } = await reviewed();
      const dead = () => new Promise<never>(() => undefined);
      let isDead = false;
      const diesAt =
        (here: (typeof steps)[number]) =>
        async <T>(work: () => Promise<T>): Promise<T> => {
          if (isDead || (here === step && (isDead = true))) return dead();
          return work();
        };
      const dying: InterviewContext = {
        ...ctx,
        worldVerbs: {
          create: (input) =>
            diesAt("create")(async () => {
              const made = await ctx.worldVerbs.create(input);
              return diesAt("created")(async () => made);
            }),
        },
        inputs: {
          append: (worldId, input) =>
            diesAt(input.type === "worldMade" ? "announce" : "speak")(() => ctx.inputs.append(worldId, input)),
        },
        interviews: {
          ...ctx.interviews,
          append: (interviewId, change) =>
            change.status === "completed"
              ? diesAt("complete")(() => ctx.interviews.append(interviewId, change))
              : ctx.interviews.append(interviewId, change),
        },
      };
      void inlineInterviews(dying)
        .tell({ principal: ann, interviewId: id, text: "yes" })
        .catch(() => undefined);
      await vi.waitFor(async () => expect((await stateOf()).pending).not.toBeNull());
      const { pending } = await stateOf();
      await pass(200);
      if ((await worlds.get(pending!.worldId)) !== null) await makePlanet(pending!.worldId);
      await pass(400);
      expect((await stateOf()).status, step).toBe("open");

      await using _keeping = keep();
      await pass(creationMsMax + lookOutMs + 500);
      if ((await worlds.get(pending!.worldId))?.status === "generating") await makePlanet(pending!.worldId);
      await pass(lookOutMs + 500);
      expect((await stateOf()).made?.worldId, step).toBe(pending!.worldId);
      expect([...tables.worlds.keys()], step).toEqual([pending!.worldId]);
      expect(
        heard.filter(({ type }) => type === "worldMade"),
        step,
      ).toHaveLength(1);
      expect(
        heard.filter((one) => one.type === "statueSpoke" && one.isCompleted),
        step,
      ).toHaveLength(1);
    }
  });

  test("that cannot be made is taken back, says so, frees its name, and can be tried again", async () => {
    const { ctx, id, stateOf, pass, makePlanet, keep, words, worlds } = await reviewed();
    await using _keeping = keep();
    const verbs = inlineInterviews(ctx);
    const telling = verbs.tell({ principal: ann, interviewId: id, text: "yes" });
    await pass(500);
    const { worldId } = (await stateOf()).pending!;
    await worlds.setFault(worldId, { count: generationFaultsMax - 1, atMs: 0, reason: "why", isQuarantined: false });
    await pass(lookOutMs + 200);
    expect((await stateOf()).pending).not.toBeNull();
    await worlds.setFault(worldId, { count: generationFaultsMax, atMs: 0, reason: "why", isQuarantined: false });
    await pass(madeWithinMs);
    expect(await telling).toMatchObject({ status: "open", making: null, step: "review" });
    expect(words().at(-1)).toContain("It would not hold together");
    expect(await worlds.get(worldId)).toBeNull();
    expect(await ctx.worldNames.isFree("Rimehold")).toBe(true);

    const again = verbs.tell({ principal: ann, interviewId: id, text: "yes" });
    await pass(300);
    const second = (await stateOf()).pending!.worldId;
    expect(second).not.toBe(worldId);
    await makePlanet(second);
    await pass(500);
    expect(await again).toMatchObject({ status: "completed", worldId: second });
  });

  test("whose name was taken while nobody saw to it says so by itself", async () => {
    const { ctx, id, stateOf, pass, words } = await reviewed();
    const dead: InterviewContext = { ...ctx, worldVerbs: { create: () => new Promise(() => undefined) } };
    void inlineInterviews(dead).tell({ principal: ann, interviewId: id, text: "yes" });
    await vi.waitFor(async () => expect((await stateOf()).pending).not.toBeNull());
    const taken = () => Promise.reject(new AppError("WORLD_NAME_TAKEN", "There is one."));
    await using _keeping = keepInterviews({
      ...ctx,
      worldVerbs: { create: taken },
      bus: memoryBus({ clock: ctx.clock, log: silentLog }),
    });
    await pass(creationMsMax + lookOutMs + 500);
    expect((await stateOf()).step).toBe("name");
    expect(words().at(-1)).toContain("Somebody has just given that name");
  });

  test("is refused where somebody owns as many worlds as anybody may", async () => {
    const { ctx, id, tables, stateOf } = await reviewed({ WORLDS_PER_USER: "2" });
    for (const n of [1, 2]) {
      const worldId = `00000000-0000-4000-9000-00000000000${n}` as WorldId;
      await createWorld(
        { worlds: memoryWorlds(tables), clock: ctx.clock },
        {
          principal: ann,
          requestId: worldId,
          name: `Own ${n}`,
          spec: { ground: "room", sky: { dayLengthS: 1 }, dilation: 1 } as never,
        },
      );
    }
    const verbs = inlineInterviews(ctx);
    await expect(verbs.tell({ principal: ann, interviewId: id, text: "yes" })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("You have 2 worlds"),
    });
    expect((await stateOf()).pending).toBeNull();
  });
});
