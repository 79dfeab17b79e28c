import { describe, expect, test } from "vitest";
import { worldSpecification } from "#core/protocol/world-specification.ts";
import { interviewFinalizeResponse } from "#core/protocol/interview.ts";
import { someone } from "#tests/support/function-context.ts";
import { httpApp, request } from "#tests/support/http-app.ts";
import { wholeStory } from "#tests/support/interview-rig.ts";

const at = (path: string) => `/api/world/interview/${path}`;

async function setup() {
  const rig = await httpApp();
  const post = (path: string, body: unknown = {}, headers: Record<string, string> = rig.headers) =>
    request(rig.app, "POST", at(path), { headers, body });
  const active = (headers: Record<string, string> = rig.headers) => request(rig.app, "GET", at("active"), { headers });
  const start = async () => (await (await post("start")).json()) as { session_id: string; question: string };
  const tell = async (session_id: string, ...messages: string[]) => {
    let response = new Response();
    for (const message of messages) response = await post("message", { session_id, message });
    return response;
  };
  return { ...rig, post, active, start, tell };
}

describe("interviews over REST", () => {
  test("a world is told from the first question to the specification", async () => {
    const { post, active, tell, tables } = await setup();
    expect((await active()).status).toBe(404);
    const begun = await post("start");
    expect(begun.status).toBe(201);
    const { session_id, question } = (await begun.json()) as { session_id: string; question: string };
    expect(await (await active()).json()).toEqual({
      session_id,
      status: "in_progress",
      question,
      conversation: [{ role: "statue", text: question }],
    });

    const review = await tell(session_id, ...wholeStory, "Rimehold");
    expect(review.status).toBe(200);
    expect(await review.json()).toEqual({ question: expect.stringContaining("Rimehold"), completed: false });
    const done = (await (await tell(session_id, "yes")).json()) as { world_id: string };
    expect(done).toEqual({
      question: expect.stringContaining("Rimehold"),
      completed: true,
      world_id: expect.any(String),
    });
    expect([...tables.worlds.keys()]).toContain(done.world_id);

    const final = await post("finalize", { session_id });
    expect(final.status).toBe(200);
    const specification = interviewFinalizeResponse.parse(await final.json());
    expect(specification).toMatchObject({ name: "Rimehold", world_id: done.world_id, planet: { land_share: 0.2 } });
    expect(worldSpecification.safeParse(specification).success).toBe(true);
    expect((await active()).status).toBe(404);
  });

  test("finalize makes the world, and answers the same again", async () => {
    const { post, start, tell, tables } = await setup();
    const { session_id } = await start();
    await tell(session_id, ...wholeStory, "Rimehold");
    const before = tables.worlds.size;
    const [one, two] = [await post("finalize", { session_id }), await post("finalize", { session_id })];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(await one.json()).toEqual(await two.json());
    expect(tables.worlds.size).toBe(before + 1);
  });

  test("an open interview is resumed by start, not refused", async () => {
    const { start, tell } = await setup();
    const first = await start();
    await tell(first.session_id, "A world of glass");
    const again = await start();
    expect(again.session_id).toBe(first.session_id);
    expect(again.question).toContain("A world of glass");
  });

  test("a message under the same key is taken once", async () => {
    const { post, start, active, headers } = await setup();
    const { session_id } = await start();
    const key = { ...headers, "idempotency-key": "5f0c7f1e-7a0d-4d7e-9f66-0d3c5d0c7d11" };
    const said = { session_id, message: "A world of glass" };
    const answers = [await post("message", said, key), await post("message", said, key)];
    const [one, two] = await Promise.all(answers.map((answer) => answer.json()));
    expect(one).toEqual(two);
    expect((await (await active()).json()) as object).toMatchObject({ conversation: [{}, {}, {}] });
    expect((await post("message", said, { ...headers, "idempotency-key": "no uuid" })).status).toBe(400);
  });

  test("what cannot be is refused in words", async () => {
    const { post, start, tell } = await setup();
    const { session_id } = await start();
    expect((await post("finalize", { session_id })).status).toBe(409);
    expect((await post("message", { session_id, message: "x".repeat(2_001) })).status).toBe(400);
    expect((await post("message", { session_id: "no id", message: "hello" })).status).toBe(400);
    expect((await post("message", { session_id })).status).toBe(400);
    await tell(session_id, "quit");
    const over = await post("message", { session_id, message: "hello" });
    expect(over.status).toBe(409);
    expect(await over.json()).toMatchObject({ error: { code: "CONFLICT" } });
  });

  test("a name that somebody else has is refused with 409, and the interview goes on", async () => {
    const { tables, post, start, tell, active } = await setup();
    const { session_id } = await start();
    await tell(session_id, ...wholeStory, "Rimehold");
    const valley = [...tables.worlds.values()].at(-1)!;
    tables.worlds.set(valley.id, { ...valley, name: "RIMEHOLD" });
    const refused = await post("finalize", { session_id });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { code: "WORLD_NAME_TAKEN" } });
    expect(((await (await active()).json()) as { question: string }).question).toContain("What is it called?");
  });

  test("nobody sees or moves another's interview", async () => {
    const rig = await setup();
    const { session_id } = await rig.start();
    const { token } = await someone(rig, "Ben");
    const bens = { authorization: `Bearer ${token}` };
    expect((await rig.active(bens)).status).toBe(404);
    expect((await rig.post("message", { session_id, message: "hello" }, bens)).status).toBe(404);
    expect((await rig.post("finalize", { session_id }, bens)).status).toBe(404);
  });

  test("messages are limited by user", async () => {
    const { start, tell, post, ctx } = await setup();
    const { session_id } = await start();
    const burst = ctx.interviewPolicy.messagesPerUser.burst;
    for (let i = 0; i < burst; i++) await tell(session_id, `glass ${i}`);
    const limited = await post("message", { session_id, message: "one more" });
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
