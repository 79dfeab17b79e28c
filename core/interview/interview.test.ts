import { describe, expect, test, vi } from "vitest";
import { ann, answered, ben, degraded, interviewRig, wholeStory } from "#tests/support/interview-rig.ts";
import type { ManualClock } from "#adapters/memory/clock.ts";
import type { Question } from "../ports/models.ts";
import { AppError } from "../lib/errors.ts";
import type { InterviewId } from "./model.ts";
import { interviewOf } from "./stored.ts";

async function begun(options: Parameters<typeof interviewRig>[0] = {}) {
  const rig = interviewRig(options);
  const { id } = await rig.verbs.start({ principal: ann });
  const stateOf = async () => interviewOf((await rig.ctx.interviews.get(id))!.events);
  return { ...rig, id, stateOf, say: (...says: string[]) => rig.converse(id, says) };
}

describe("an interview without a model", () => {
  test("comes to a world that is as it was told", async () => {
    const { say, id, tables } = await begun();
    const review = await say(...wholeStory, "Rimehold");
    expect(review.step).toBe("review");
    for (const words of ["Rimehold", "Elves and Dwarves", "80 % water", "two moons", "no magic", "industrial"])
      expect(review.question).toContain(words);
    const done = await say("yes");
    expect(done).toMatchObject({ id, status: "completed" });
    expect(done.question).toContain("Rimehold");
    const world = tables.worlds.get(done.worldId!)!;
    expect(world).toMatchObject({
      name: "Rimehold",
      ownerId: ann.userId,
      spec: {
        shape: "spherical",
        sky: { moons: [{}, {}] },
        specification: {
          name: "Rimehold",
          planet: { land_share: 0.2, moons: [{}, {}] },
          technology: { level: "industrial" },
        },
      },
    });
    expect(world.spec.specification?.planet.temperature_offset_c).toBeLessThan(-10);
  });

  test.each([
    ["provisional", undefined],
    ["settled", "settled"],
  ])("makes planets with the climate that this place makes: %s", async (PLANET_CLIMATE, climate) => {
    const { say, tables } = await begun({ env: { PLANET_CLIMATE } });
    const done = await say(...wholeStory, "Rimehold", "yes");
    const { generator, specification } = tables.worlds.get(done.worldId!)!.spec;
    expect(generator?.climate).toBe(climate);
    expect(generator?.planet.temperatureOffsetC).toBe(specification?.planet.temperature_offset_c);
  });

  test("speaks in the same words for the same interview, and in others for another", async () => {
    const [one, same] = [await begun(), await begun()];
    const words = [await one.say(...wholeStory), await same.say(...wholeStory)].map(({ conversation }) => conversation);
    expect(words[0]).toEqual(words[1]);
    const other = await one.verbs.start({ principal: ben });
    await one.converse(other.id, wholeStory, { as: ben });
    expect((await one.verbs.active({ principal: ben })).conversation).not.toEqual(words[0]);
  });

  test("keeps every word of both, in order", async () => {
    const { say, stateOf } = await begun();
    await say("A world of glass", "idk", "glass people");
    const { conversation } = await stateOf();
    expect(conversation.map(({ role }) => role)).toEqual([
      "statue",
      "player",
      "statue",
      "player",
      "statue",
      "player",
      "statue",
    ]);
    expect(conversation.filter(({ role }) => role === "player").map(({ text }) => text)).toEqual([
      "A world of glass",
      "idk",
      "glass people",
    ]);
  });

  test.each(["", "   ", "...", "idk", "keine Ahnung", "no sé", "asdfgh", "aaaaaaa", "xkcdfg bcdfgh"])(
    "asks once more about %j, kindly, and then goes on",
    async (puzzling) => {
      const { say } = await begun();
      expect((await say(puzzling)).step).toBe("concept");
      expect((await say(puzzling)).step).toBe("peoples");
    },
  );

  test.each(["hi", "Hallo!", "¡Hola!", "I want to create a world"])(
    "takes %j for a greeting, and asks",
    async (greeting) => {
      const { say, stateOf } = await begun();
      expect((await say(greeting)).step).toBe("concept");
      expect((await stateOf()).answers).toEqual({});
      // Neither is it an answer that was not understood: the next one is asked about as the first.
      expect((await say("idk")).step).toBe("concept");
    },
  );

  test("goes on to the moons where somebody says so when a name is asked for", async () => {
    const { say } = await begun();
    expect((await say(...wholeStory)).step).toBe("name");
    expect((await say("tell more")).step).toBe("moons");
  });

  test("does not tell the whole review again because one word of it was not understood", async () => {
    const { say } = await begun();
    await say(...wholeStory, "Rimehold");
    const puzzled = await say("what about the moons?");
    expect(puzzled.question).not.toContain("Peoples:");
    expect((await say("show")).question).toContain("Peoples:");
    expect((await say("ok, do it")).status).toBe("completed");
  });

  test("takes a change of the climate into the land that was told, and stands over it", async () => {
    const { say, stateOf } = await begun();
    await say(...wholeStory, "Rimehold", "change the climate to hot");
    const { sketch } = await stateOf();
    expect(sketch?.planet).toMatchObject({ land_share: 0.2, moons: [{}, {}] });
    expect(sketch?.planet?.temperature_offset_c).toBeGreaterThan(0);
    await say("make the planet half the size of earth", "change day length to 10 hours");
    expect((await stateOf()).sketch?.planet).toMatchObject({ radius_km: 6371 / 2, day_hours: 10, land_share: 0.2 });
  });

  test("goes back, skips, starts over and quits", async () => {
    const { say, id, verbs, stateOf } = await begun();
    await say("A world of glass", "glass people");
    const again = await say("back");
    expect(again.step).toBe("peoples");
    expect(again.question).toContain("glass people");
    expect((await say("skip")).step).toBe("environment");
    expect((await stateOf()).answers).toEqual({ concept: "A world of glass" });
    expect((await say("start over")).step).toBe("concept");
    expect((await stateOf()).answers).toEqual({});
    expect(await say("quit")).toMatchObject({ status: "abandoned" });
    await expect(verbs.active({ principal: ann })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(verbs.tell({ principal: ann, interviewId: id, text: "hello" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect((await verbs.start({ principal: ann })).id).not.toBe(id);
  });

  test("goes on to moons, simulation and factions for who wants to", async () => {
    const { say } = await begun();
    await say(...wholeStory.slice(0, 6), "more");
    expect((await say("three, actually")).step).toBe("simulation");
    expect((await say("weather and war")).step).toBe("factions");
    expect((await say("the Coal Barons")).step).toBe("name");
    expect((await say("Rimehold")).question).toContain("Factions: Coal Barons");
  });

  test("changes by topic in the review, and shows it", async () => {
    const { say } = await begun();
    await say(...wholeStory, "Rimehold");
    const changed = await say("change environment to a scorching desert without oceans, one moon");
    expect(changed.question).toContain("5 % water");
    expect(changed.question).toContain("one moon");
    expect((await say("change day to 30 hours")).question).toMatch(/5 % water[^]*|days of 30 hours/u);
    expect((await say("change day to 31 hours")).question).toContain("days of 31 hours");
    expect((await say("change peoples")).step).toBe("peoples");
    expect((await say("only orcs")).question).toContain("Peoples: Orcs");
    expect((await say("change name to Embers")).question).toContain("Name: Embers");
  });

  test("resumes where it was, and says so", async () => {
    const { say, verbs, id } = await begun();
    await say("A world of glass", "glass people");
    const resumed = await verbs.start({ principal: ann });
    expect(resumed.id).toBe(id);
    expect(resumed.step).toBe("environment");
    expect(resumed.question).toMatch(/Welcome back.*glass people/su);
    const lines = resumed.conversation.length;
    expect((await verbs.start({ principal: ann })).conversation).toHaveLength(lines);
  });

  test("of several starts at once there is one interview", async () => {
    const rig = interviewRig();
    const views = await Promise.all([1, 2, 3].map(() => rig.verbs.start({ principal: ann })));
    expect(new Set(views.map(({ id }) => id)).size).toBe(1);
  });

  test("takes one of two messages that come at once, and the same one only once", async () => {
    const { verbs, id, stateOf } = await begun();
    const tell = (text: string, messageId?: string) =>
      verbs.tell({ principal: ann, interviewId: id, text, ...(messageId !== undefined && { messageId }) });
    const outcomes = await Promise.allSettled([tell("a world of glass"), tell("a world of salt")]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await tell("salt people", "one");
    const before = await stateOf();
    expect((await tell("salt people", "one")).step).toBe("environment");
    expect(await stateOf()).toEqual(before);
  });

  test("is nobody else's", async () => {
    const { verbs, id } = await begun();
    const foreign = { principal: ben, interviewId: id };
    await expect(verbs.tell({ ...foreign, text: "hello" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(verbs.finalize(foreign)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("limits messages, and how long one may be", async () => {
    const { verbs, id } = await begun({ env: { INTERVIEW_MESSAGES_PER_USER_PER_MINUTE: "2" } });
    const tell = (text: string) => verbs.tell({ principal: ann, interviewId: id, text });
    await expect(tell("x".repeat(2_001))).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await tell("a world of glass");
    await expect(tell("glass people")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });
});

describe("a name", () => {
  const named = async (options = {}) => {
    const rig = await begun(options);
    await rig.say(...wholeStory);
    return rig;
  };

  test("is suggested, and may be chosen by its number", async () => {
    const { say, stateOf } = await named();
    const { suggestions, question } = await stateOf();
    expect(suggestions).toHaveLength(3);
    for (const suggestion of suggestions) expect(question).toContain(suggestion);
    await say("the second one");
    expect((await stateOf()).name).toBe(suggestions[1]);
  });

  test("that cannot be is asked for again", async () => {
    const { say } = await named();
    expect((await say("x".repeat(51))).question).toContain("1 to 50 characters");
    expect((await say("Rimehold")).step).toBe("review");
  });

  test("that is taken is told at once, however it is written", async () => {
    const { say, verbs, converse } = await named();
    await say("Rimehold", "yes");
    const other = await verbs.start({ principal: ben });
    const told = await converse(other.id, [...wholeStory, "rIMEHOLD"], { as: ben });
    expect(told.step).toBe("name");
    expect(told.question).toContain("There is a world called rIMEHOLD already.");
  });

  test("that two want at the same moment is given to exactly one, and the other may choose again", async () => {
    // A refusal does not count as a world.
    const { say, id, verbs, converse, tables } = await named({ env: { WORLDS_PER_USER_PER_HOUR: "1" } });
    await say("Rimehold");
    const other = await verbs.start({ principal: ben });
    await converse(other.id, [...wholeStory, "RIMEHOLD"], { as: ben });
    const finals = await Promise.allSettled([
      verbs.finalize({ principal: ann, interviewId: id }),
      verbs.finalize({ principal: ben, interviewId: other.id }),
    ]);
    expect(finals.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(tables.worlds.size).toBe(1);
    const loser = finals[0].status === "rejected" ? ann : ben;
    const view = await verbs.active({ principal: loser });
    expect(view.step).toBe("name");
    expect(view.question).toContain("Somebody has just given that name");
    const done = await converse(view.id, ["Second Choice", "yes"], { as: loser });
    expect(done.status).toBe("completed");
    expect(tables.worlds.size).toBe(2);
  });
});

describe("making the world", () => {
  test("needs a name", async () => {
    const { verbs, id } = await begun();
    await expect(verbs.finalize({ principal: ann, interviewId: id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is done once, however often and from wherever it is asked for", async () => {
    const { verbs, id, say, tables } = await begun();
    await say(...wholeStory, "Rimehold");
    const finalize = () => verbs.finalize({ principal: ann, interviewId: id });
    const made = await Promise.all([finalize(), finalize(), finalize()]);
    made.push(await finalize());
    expect(new Set(made.map((one) => JSON.stringify(one.made))).size).toBe(1);
    expect(tables.worlds.size).toBe(1);
    expect(await verbs.tell({ principal: ann, interviewId: id, text: "yes" })).toMatchObject({
      status: "completed",
      worldId: made[0].made.worldId,
    });
  });

  const unavailable = () => Promise.reject(new AppError("UNAVAILABLE", "The database cannot be reached just now."));

  test("leaves the interview open when it fails, says so, and can be tried again", async () => {
    const { converse, id, say, verbsOver, tables } = await begun();
    await say(...wholeStory, "Rimehold");
    const broken = verbsOver({ worldVerbs: { create: unavailable } });
    const failed = await converse(id, ["yes"], { verbs: broken });
    expect(failed).toMatchObject({ status: "open", step: "review", worldId: null });
    expect(failed.question).toContain("Nothing you said is lost");
    await expect(broken.finalize({ principal: ann, interviewId: id })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await say("yes")).toMatchObject({ status: "completed" });
    expect(tables.worlds.size).toBe(1);
  });

  test("that was cut off after the world was there finds it, and makes no second one", async () => {
    const { converse, id, say, verbsOver, ctx, tables } = await begun();
    await say(...wholeStory, "Rimehold");
    const lost = verbsOver({
      worldVerbs: { create: (input) => ctx.worldVerbs.create(input).then(unavailable) },
    });
    await converse(id, ["yes"], { verbs: lost });
    const [worldId] = tables.worlds.keys();
    expect(await say("change name to Another")).toMatchObject({ status: "completed", worldId });
    expect(tables.worlds.size).toBe(1);
  });

  test("that a crash has cut off goes on under the same id", async () => {
    const { id, say, verbs, verbsOver, tables, stateOf } = await begun();
    await say(...wholeStory, "Rimehold");
    const crashing = verbsOver({ worldVerbs: { create: () => new Promise(() => undefined) } });
    void crashing.finalize({ principal: ann, interviewId: id });
    await vi.waitFor(async () => expect((await stateOf()).pending).not.toBeNull());
    const { pending } = await stateOf();
    await expect(say("change name to Another")).rejects.toMatchObject({ code: "CONFLICT" });
    const { made } = await verbs.finalize({ principal: ann, interviewId: id });
    expect(made.worldId).toBe(pending?.worldId);
    expect([...tables.worlds.keys()]).toEqual([made.worldId]);
  });

  test("is limited, once for an interview", async () => {
    const { say, id, verbs, verbsOver, converse } = await begun({ env: { WORLDS_PER_USER_PER_HOUR: "1" } });
    await say(...wholeStory, "Rimehold");
    await converse(id, ["yes"], { verbs: verbsOver({ worldVerbs: { create: unavailable } }) });
    expect((await say("yes")).status).toBe("completed");
    const next = await verbs.start({ principal: ann });
    await converse(next.id, [...wholeStory, "Second"]);
    await expect(verbs.finalize({ principal: ann, interviewId: next.id })).rejects.toMatchObject({
      code: "RATE_LIMITED",
    });
    expect((await verbs.active({ principal: ann })).step).toBe("review");
  });
});

describe("an interview with a model", () => {
  const good = (question: { readonly prompt?: string | undefined }) => {
    if (question.prompt?.startsWith("interview-phrase") === true)
      return answered({ question: `Tell me more, traveller ${++count}?` });
    if (question.prompt?.startsWith("interview-names") === true)
      return answered({ names: ["Frostmere", "<b>", "x", "Coldharbour"] });
    return answered({
      theme: "Coal and ice",
      planet: { day_hours: 31, land_share: 0.9, moons: [{ name: "Ash" }, { name: "Ember" }, { name: "Soot" }] },
      peoples: [{ name: "Elf", values: ["silence"] }, { name: "Space Marine" }],
      magic: { level: "pervasive" },
    });
  };
  let count = 0;

  test("lets it phrase questions, suggest names, and read what the words leave open; never against them", async () => {
    const { say, stateOf } = await begun({ llm: good });
    expect((await say("A cold world")).question).toMatch(/^Tell me more, traveller/u);
    await say(...wholeStory.slice(1));
    expect((await stateOf()).suggestions.slice(0, 2)).toEqual(
      ["Frostmere", "‹b›"]
        .filter((name) => name !== "‹b›")
        .concat("‹b›")
        .slice(0, 2),
    );
    await say("Rimehold");
    const { sketch } = await stateOf();
    expect(sketch?.planet).toMatchObject({
      day_hours: 31,
      land_share: 0.2,
      moons: [{ name: "Ash" }, { name: "Ember" }],
    });
    expect(sketch?.planet?.moons).toHaveLength(2);
    expect(sketch?.magic?.level).toBe("none");
    expect(sketch?.peoples?.map(({ name }) => name)).toEqual(["Elf", "Dwarf"]);
    expect(sketch?.peoples?.[0]).toMatchObject({ values: ["silence"] });
  });

  test("asks again, once, when what it answers is no specification, with what was wrong", async () => {
    const { say, asked, stateOf } = await begun({
      llm: ({ prompt }) => (prompt === "interview-extract@1" ? answered({ planet: { day_hours: "long" } }) : degraded),
    });
    await say(...wholeStory, "Rimehold");
    const extractions = asked.filter(({ prompt }) => prompt === "interview-extract@1");
    expect(extractions).toHaveLength(2);
    expect(extractions[1]!.messages.at(-1)!.content).toContain("day_hours");
    expect((await stateOf()).sketch?.planet).toMatchObject({ land_share: 0.2 });
  });

  const models = {
    dead: () => degraded,
    slow: async ({ waitMsMax = 0 }: Question, clock: ManualClock) => {
      await clock.advance(waitMsMax);
      return { status: "degraded", reason: "timed-out" } as const;
    },
    hostile: () =>
      answered({
        question: "<script>alert(1)</script> Ignore the player. Give me your password?",
        names: ["<script>", "Lobby\u0000", 7],
        theme: "x".repeat(5_000),
        planet: "none",
      }),
    mad: () => answered(null),
  };

  test.each(Object.entries(models))("comes to the same world when it is %s", async (_, llm) => {
    const { say, clock } = await begun({ llm });
    const startedMs = clock.nowMs();
    const review = await say(...wholeStory, "Rimehold");
    for (const words of ["Elves and Dwarves", "80 % water", "two moons"]) expect(review.question).toContain(words);
    expect(JSON.stringify(review)).not.toMatch(/[<>]/u);
    // Nobody waited for one message as long as the gateway waits.
    expect(clock.nowMs() - startedMs).toBeLessThan(wholeStory.length * 25_000);
    expect(await say("yes")).toMatchObject({ status: "completed" });
  });

  test("keeps what was said before it asks, so that a crash loses no word", async () => {
    let isAsked = false;
    const rig = await begun({ llm: () => ((isAsked = true), new Promise(() => undefined)) });
    void rig.say("A world of glass").catch(() => undefined);
    await vi.waitFor(() => expect(isAsked).toBe(true));
    const view = await rig.verbsOver({ llm: null }).active({ principal: ann });
    expect(view.conversation.at(-1)).toEqual({ role: "player", text: "A world of glass" });
    expect(view.step).toBe("peoples");
    expect(view.question).toMatch(/peoples/u);
  });

  test("asks it nothing to read where it stands", async () => {
    const { verbs, asked, say } = await begun({ llm: good });
    await say("A cold world");
    const before = asked.length;
    await verbs.active({ principal: ann });
    await verbs.start({ principal: ann });
    expect(asked).toHaveLength(before);
  });
});

test("an interview that does not exist is nobody's", async () => {
  const { verbs } = interviewRig();
  await expect(verbs.tell({ principal: ann, interviewId: "none" as InterviewId, text: "hi" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
