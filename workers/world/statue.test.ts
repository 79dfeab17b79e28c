import { describe, expect, test, vi } from "vitest";
import { inlineInterviews } from "#core/interview/service.ts";
import { keepInterviews } from "#core/interview/keep-interviews.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { Llm } from "#core/ports/models.ts";
import { answered, degraded, wholeStory } from "#tests/support/interview-rig.ts";
import { type Frame, type Player, worldRig } from "#tests/support/world-rig.ts";

type Rig = ReturnType<typeof worldRig>;

const told = ({ type, data }: Frame): boolean => type === "game_message" && data.type === "tell";
const statueWords = (player: Player): string[] =>
  player
    .frames()
    .filter(told)
    .map(({ data }) => String(data.metadata?.["message"]));
const lastWords = (player: Player): string => statueWords(player).at(-1) ?? "";

async function setup() {
  const rig = worldRig();
  const ana = await rig.player("Ana");
  const say = async (...all: string[]) => {
    for (const text of all) {
      await ana.say(text);
      await rig.pass(100);
    }
  };
  return { rig, ana, say };
}

/** As the lobby is left by an owner that dies: what was not acknowledged comes to the next one. */
const serveWith = (rig: Rig, changes: Parameters<typeof inlineInterviews>[0] | null, owner: string) =>
  rig.serve(
    changes === null ? rig.ctx : { ...rig.ctx, interviewVerbs: inlineInterviews(changes) },
    [lobbyWorldId],
    owner,
  );

describe("the statue in the lobby", () => {
  test("begins when somebody greets it, with a frame of its own and the id of the interview on its first words", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say("tell statue hello");
    const frames = ana.frames().slice(-3);
    const session_id = frames[1]?.data.metadata?.["session_id"];
    expect(frames.map(({ data }) => data.type)).toEqual(["tell_self", "start_interview", "tell"]);
    expect(session_id).toEqual(expect.any(String));
    expect(frames[2]?.data.metadata).toMatchObject({ sender_name: "Statue", recipient: "Ana", session_id });
    expect(await rig.ctx.interviewVerbs.active({ principal: (await principalOf(rig, ana)) as never })).toMatchObject({
      id: session_id,
      question: frames[2]?.data.metadata?.["message"],
    });
    await say("reply a world of glass");
    expect(ana.frames().at(-1)?.data.metadata).not.toHaveProperty("session_id");
    expect(lastWords(ana)).toMatch(/peoples|lives|footprints/u);
  });

  test("takes the first words for an answer where they are one", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say("tell the statue a world of ice and elves");
    const view = await rig.ctx.interviewVerbs.active({ principal: (await principalOf(rig, ana)) as never });
    expect(view.step).toBe("peoples");
    expect(view.conversation.some(({ text }) => text === "a world of ice and elves")).toBe(true);
  });

  test("understands back, skip, change, start over and quit, and says on its last words that they are", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say("tell statue hi", "reply a world of glass", "reply back");
    expect(lastWords(ana)).toContain("You had said “a world of glass”");
    await say("reply skip", "reply change concept to a world of bells", "reply start over");
    expect(lastWords(ana)).toContain("All is dust again");
    await say("reply quit");
    expect(ana.frames().at(-1)?.data.metadata).toMatchObject({ sender_name: "Statue", completed: true });
    await say("reply hello?");
    expect(lastWords(ana)).toContain("`tell statue hello`");
  });

  test("goes on where it was after the socket was lost, and from another device", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say("tell statue hello", "reply a world of glass");
    await ana.leave(1000);
    await rig.pass(200);
    await ana.connect();
    await rig.pass(200);
    await say("reply elves and dwarves");
    const phone = await rig.player("Ben");
    expect(lastWords(ana)).toMatch(/Elves and Dwarves/u);
    await phone.connect();
    await rig.pass(100);
    await say("tell statue hello again");
    expect(lastWords(ana)).toContain("Welcome back");
  });

  test("lets a reply go to whoever was heard last", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve();
    const ben = await rig.player("Ben");
    await ana.connect();
    await ben.connect();
    await say("tell statue hello");
    await ben.say("tell Ana psst");
    await rig.pass(100);
    await say("reply what is it?");
    expect(ben.heard().at(-1)).toBe('tell: Ana tells you: "what is it?"');
    await say("tell statue a world of glass");
    await say("reply elves");
    expect(lastWords(ana)).toMatch(/Elves/u);
  });

  test("knows nobody's answer to a question that it never asked him", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say("reply hello");
    expect(ana.heard().at(-1)).toBe("error: Nobody has told you anything yet.");
  });

  test.each([
    ["one after the other", ["tell statue hello", "reply a world of glass"]],
    ["after `create world`", ["create world", "reply a world of glass"]],
  ])("takes a reply that was typed before it has answered, %s", async (_, lines) => {
    const { rig, ana, say } = await setup();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { interviewVerbs } = rig.ctx;
    const converse: typeof interviewVerbs.converse = async (words) => {
      await promise;
      return interviewVerbs.converse(words);
    };
    await using _service = await rig.serve({ ...rig.ctx, interviewVerbs: { ...interviewVerbs, converse } });
    await ana.connect();
    await say(...lines);
    const early = ana.heard();
    resolve();
    await rig.pass(300);
    expect(early.filter((text) => /^(?:error|tell:)/u.test(text))).toEqual([]);
    expect(statueWords(ana)).toHaveLength(2);
    expect(lastWords(ana)).toMatch(/peoples|lives|footprints/u);
  });

  test("takes both of what was typed in one turn, in order", async () => {
    const { rig, ana } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await Promise.all([ana.say("tell statue hello"), ana.say("reply a world of glass")]);
    await rig.pass(300);
    expect(statueWords(ana)).toHaveLength(2);
    expect(lastWords(ana)).toMatch(/peoples|lives|footprints/u);
  });

  test("holds up no turn while a model thinks, and keeps what was said out of the lobby's log", async () => {
    const { rig, ana, say } = await setup();
    const { promise, resolve } = Promise.withResolvers<Awaited<ReturnType<Llm["ask"]>>>();
    const llm: Llm = { ask: () => promise };
    await using _service = await serveWith(rig, { ...rig.ctx, llm }, "worker");
    await ana.connect();
    await say("tell statue hello", "reply a world of secrets");
    await say("say I am still here");
    expect(ana.heard().at(-1)).toContain("I am still here");
    resolve({ status: "degraded", reason: "no-host" });
    await rig.pass(200);
    expect(lastWords(ana)).toMatch(/\?/u);
    expect(statueWords(ana)).toHaveLength(2);
    expect(JSON.stringify(rig.tables.events.get(lobbyWorldId))).not.toContain("secrets");
  });

  test("neither loses nor doubles what was said when the lobby's owner dies while a model thinks", async () => {
    const { rig, ana, say } = await setup();
    const never: Llm = { ask: () => new Promise(() => undefined) };
    const first = await serveWith(rig, { ...rig.ctx, llm: never }, "first");
    await ana.connect();
    await say("tell statue hello", "reply a world of glass");
    expect(statueWords(ana)).toHaveLength(1);
    const stopped = first.stop();
    await rig.pass(3_000);
    await stopped;
    await using _next = await serveWith(rig, null, "second");
    await rig.pass(2_000);
    const principal = (await principalOf(rig, ana)) as never;
    const { conversation, step } = await rig.ctx.interviewVerbs.active({ principal });
    expect(conversation.filter(({ text }) => text === "a world of glass")).toHaveLength(1);
    expect(step).toBe("peoples");
    expect(lastWords(ana)).toMatch(/peoples|lives|footprints/u);
  });

  test("asks for patience where somebody says more than can be thought about", async () => {
    const { rig, ana, say } = await setup();
    const never: Llm = { ask: () => new Promise(() => undefined) };
    const service = await serveWith(rig, { ...rig.ctx, llm: never }, "worker");
    await ana.connect();
    await say("tell statue hello", ...Array.from({ length: 9 }, (_, n) => `reply answer ${n}`));
    expect(ana.heard().at(-1)).toContain("error: The statue is still thinking");
    const stopped = service.stop();
    await rig.pass(3_000);
    await stopped;
  });
});

const models: Record<string, (rig: Rig) => Llm["ask"]> = {
  good:
    () =>
    async ({ prompt }) =>
      answered(
        prompt?.startsWith("interview-phrase") === true
          ? { question: `And then, traveller ${++asked}?` }
          : prompt?.startsWith("interview-names") === true
            ? { names: ["Frostmere", "Coldharbour", "Sleet"] }
            : { planet: { day_hours: 31 }, magic: { level: "pervasive" }, peoples: [{ name: "Space Marine" }] },
      ),
  slow:
    ({ clock }) =>
    async ({ waitMsMax = 0 }) => {
      await clock.sleep(waitMsMax);
      return { status: "degraded", reason: "timed-out" };
    },
  dead: () => async () => degraded,
  hostile: () => async () =>
    answered({
      question: "<script>alert(1)</script>\u0000 Say your password?",
      names: ["<b>", "Lobby"],
      planet: "none",
      theme: "x".repeat(5_000),
    }),
};
let asked = 0;

test.each(Object.entries(models))("the statue comes to the same world with a model that is %s", async (kind, ask) => {
  const { rig, ana } = await setup();
  await using _service = await serveWith(rig, { ...rig.ctx, llm: { ask: ask(rig) } }, "worker");
  await ana.connect();
  for (const words of ["tell statue hello", ...[...wholeStory, "Rimehold"].map((one) => `reply ${one}`)]) {
    await ana.say(words);
    await rig.pass(kind === "slow" ? 25_000 : 200, 1_000);
  }
  const review = lastWords(ana);
  for (const words of ["Elves and Dwarves", "80 % water", "two moons", "no magic"]) expect(review).toContain(words);
  expect(review).not.toContain("Space Marine");
  expect(ana.frames().filter(told)).toHaveLength(wholeStory.length + 2);
  expect(JSON.stringify(ana.frames())).not.toMatch(/[<>]|\\u0000/u);
  expect(statueWords(ana).some((words) => words.startsWith("And then, traveller"))).toBe(kind === "good");
});

async function principalOf({ ctx }: Rig, player: Player) {
  const { userId } = (await ctx.characters.get(player.own))!;
  return { userId, username: player.username, sessionId: "s", role: "user" };
}

describe("a world that was told to the statue", { timeout: 60_000 }, () => {
  test("is shaped before its maker's ears, announced, and shows what was said", async () => {
    const { rig, ana, say } = await setup();
    await using _service = await rig.serve(rig.ctx, null);
    await using keeping = keepInterviews(rig.ctx);
    const ben = await rig.player("Ben");
    await ana.connect();
    await ben.connect();
    await say("tell statue hello", ...wholeStory.map((words) => `reply ${words}`), "reply Rimehold", "reply yes");
    await vi.waitFor(async () => {
      await rig.pass(200);
      expect(ana.frames().at(-1)?.data.metadata?.["completed"]).toBe(true);
    }, 40_000);
    expect(lastWords(ana)).toContain("`enter Rimehold`");
    expect(statueWords(ana).filter((words) => words.includes("Rimehold turns in its own light"))).toHaveLength(1);
    expect(ana.heard()).toContain("system: A dark arch of this room lights up: it opens on Rimehold.");
    expect(ben.heard().at(-1)).toContain("`enter Rimehold` leads there.");
    await say("look northeast");
    expect(ana.heard().at(-1)).toContain("The east portal, 6 metres away to the northeast, opens on Rimehold.");
    await ben.say("look northeast");
    await rig.pass(100);
    expect(ben.heard().at(-1)).toContain("The east portal, 6 metres away to the northeast, is dark.");

    await say("enter east");
    await rig.pass(1_000);
    await say("time", "look sky", "look");
    const record = [...rig.tables.worlds.values()].find(({ name }) => name === "Rimehold")!;
    const [time, sky, place] = ana.heard().slice(-3);
    for (const { name } of record.spec.sky.moons!) expect(time).toContain(name);
    expect(record.spec.sky.moons).toHaveLength(2);
    expect(sky).toMatch(/^info: /u);
    expect(place).toContain("Rimehold\n");
    // The first looks begin its weather.
    for (let i = 0; i < 10; i++) await say("weather");
    const weather = ana.frames().findLast(({ data }) => data.type === "weather");
    expect(weather?.data.text).toMatch(/cold/u);
    expect(weather?.data.metadata?.["temperature_c"]).toBeLessThan(-5);
    await keeping[Symbol.asyncDispose]();
  });
});
