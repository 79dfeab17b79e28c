import { describe, expect, test } from "vitest";
import { gatewayRig, question, settingsOf, watched } from "#tests/support/gateway-worker-rig.ts";

describe("an ordinary question", () => {
  test("is answered with the model's text, and counted", async () => {
    await using rig = await gatewayRig();
    const own = watched(rig.llm.ask(question()));
    await rig.settle();
    expect(rig.calls[0]!.call).toMatchObject({ model: "m", outputTokensMax: 50 });
    rig.calls[0]!.answer("Rain on slate.");
    await rig.settle();
    expect(own.answer).toEqual({
      status: "answered",
      text: "Rain on slate.",
      model: "m",
      tokens: { prompt: 10, output: 5 },
      isCached: false,
    });
    expect(rig.gateway.status()).toMatchObject({ waiting: 0, running: 0, counts: { answered: 1 } });
  });

  test("is told token by token to whoever listens", async () => {
    await using rig = await gatewayRig();
    const tokens: string[] = [];
    const own = watched(rig.llm.ask(question(), { onToken: (text) => tokens.push(text) }));
    await rig.settle();
    rig.calls[0]!.token("Rain ");
    rig.calls[0]!.token("on slate.");
    await rig.settle();
    expect(tokens).toEqual(["Rain ", "on slate."]);
    rig.calls[0]!.answer("Rain on slate.");
    await rig.settle();
    expect(own.answer).toMatchObject({ status: "answered", text: "Rain on slate." });
  });

  test("with a schema comes as a value, and one that breaks it is asked for once more", async () => {
    await using rig = await gatewayRig();
    const schema = { type: "object", properties: { mood: { enum: ["calm", "wild"] } }, required: ["mood"] };
    const [mended, broken] = [
      watched(rig.llm.ask(question("1", { schema }))),
      watched(rig.llm.ask(question("2", { schema }))),
    ];
    await rig.settle();
    for (const call of rig.open()) call.answer('{"mood":"sad"}');
    await rig.settle();
    const [first, second] = rig.open();
    expect(first!.call.messages.slice(-2)).toEqual([
      { role: "assistant", content: '{"mood":"sad"}' },
      { role: "user", content: expect.stringContaining("does not satisfy the JSON schema") },
    ]);
    first!.answer('{"mood":"calm"}');
    second!.answer("calm");
    await rig.settle();
    expect(mended.answer).toMatchObject({
      status: "answered",
      json: { mood: "calm" },
      tokens: { prompt: 20, output: 10 },
    });
    expect(broken.answer).toEqual({ status: "degraded", reason: "broken-schema" });
    expect(rig.open()).toEqual([]);
  });
});

describe("what is not an answer", () => {
  test.each([
    ["As an AI language model, I cannot do that.", "assistant-voice"],
    ["   ", "empty"],
    ["x".repeat(50 * 12 + 1), "overlong"],
  ])("%j is degraded", async (text, reason) => {
    await using rig = await gatewayRig();
    const own = watched(rig.llm.ask(question()));
    await rig.settle();
    rig.calls[0]!.answer(text);
    await rig.settle();
    expect(own.answer).toEqual({ status: "degraded", reason });
  });

  test("a voice that gives itself away while it is told is stopped, and that word is not told", async () => {
    await using rig = await gatewayRig();
    const tokens: string[] = [];
    const own = watched(rig.llm.ask(question(), { onToken: (text) => tokens.push(text) }));
    await rig.settle();
    for (const token of ["As ", "an ", "AI ", "language model"]) rig.calls[0]!.token(token);
    await rig.settle();
    expect(tokens.join("")).not.toContain("AI ");
    expect(rig.calls[0]!.signal.aborted).toBe(true);
    expect(own.answer).toEqual({ status: "degraded", reason: "assistant-voice" });
  });

  test("a host's failure is tried once more on another host, but not when something was told already", async () => {
    await using rig = await gatewayRig(settingsOf({}, ["a", "b"]));
    const own = watched(rig.llm.ask(question()));
    await rig.settle();
    rig.calls[0]!.fail("stalled");
    await rig.settle();
    expect(rig.calls.map(({ url }) => url)).toEqual(["http://a.test", "http://b.test"]);
    rig.calls[1]!.fail("stalled");
    await rig.settle();
    expect(own.answer).toEqual({ status: "degraded", reason: "stalled" });

    const told = watched(rig.llm.ask(question("again"), { onToken: () => {} }));
    await rig.settle();
    rig.calls[2]!.token("Rain");
    rig.calls[2]!.fail("truncated");
    await rig.settle();
    expect(told.answer).toEqual({ status: "degraded", reason: "truncated" });
    expect(rig.calls).toHaveLength(3);
  });
});

describe("at once, and not after a time-out", () => {
  test("nobody is asked when no gateway is there", async () => {
    const rig = await gatewayRig(settingsOf(), { gateways: 0 });
    const own = watched(rig.llm.ask(question()));
    await rig.settle();
    expect(own.answer).toEqual({ status: "degraded", reason: "no-gateway" });
    await rig.llm[Symbol.asyncDispose]();
  });

  test("without a host, and with none that answers, the caller hears so", async () => {
    await using none = await gatewayRig(settingsOf({}, []));
    expect(await none.llm.ask(question())).toMatchObject({ status: "degraded", reason: "no-host" });
  });

  test("when the last host dies, those who wait hear so, and a host that comes back is used again", async () => {
    await using rig = await gatewayRig();
    const asked = ["1", "2", "3"].map((text) => watched(rig.llm.ask(question(text, { waitMsMax: 120_000 }))));
    await rig.settle();
    rig.down.add("http://a.test");
    await rig.clock.advance(9_000);
    expect(asked[2]!.answer).toMatchObject({ status: "degraded", reason: "no-host" });
    expect(await rig.llm.ask(question("4"))).toMatchObject({ status: "degraded", reason: "no-host" });
    rig.down.clear();
    for (const call of rig.open()) call.answer();
    await rig.clock.advance(600);
    expect(rig.gateway.status().hosts[0]!.state).toBe("probation");
    const [probe, next] = ["5", "6"].map((text) => watched(rig.llm.ask(question(text))));
    await rig.settle();
    // One may try; the other waits for what becomes of it.
    expect(rig.open()).toHaveLength(1);
    rig.open()[0]!.answer();
    await rig.settle();
    expect(probe!.answer).toMatchObject({ status: "answered" });
    expect(rig.gateway.status().hosts[0]!.state).toBe("open");
    rig.open()[0]!.answer();
    await rig.settle();
    expect(next!.answer).toMatchObject({ status: "answered" });
  });

  test("after a long outage of the only host callers are refused for no longer than half a second more", async () => {
    await using rig = await gatewayRig();
    rig.down.add("http://a.test");
    await rig.clock.advance(120_000);
    expect(await rig.llm.ask(question("1"))).toMatchObject({ status: "degraded", reason: "no-host" });
    rig.down.clear();
    await rig.clock.advance(600);
    const asked = watched(rig.llm.ask(question("2")));
    await rig.settle();
    rig.open()[0]!.answer();
    await rig.settle();
    expect(asked.answer).toMatchObject({ status: "answered" });
  });

  test("a full queue refuses with a time to try again", async () => {
    await using rig = await gatewayRig(settingsOf({ waitingMax: 4 }));
    const asked = Array.from({ length: 10 }, (_, n) =>
      watched(rig.llm.ask(question(`${n}`, { priority: "critical" }))),
    );
    await rig.settle();
    const refused = asked.filter(({ answer }) => answer !== null);
    expect(refused).toHaveLength(10 - 2 - 4);
    expect(refused[0]!.answer).toEqual({ status: "degraded", reason: "queue-full", retryAfterMs: expect.any(Number) });
  });

  test("a budget holds in a burst, and what was not used is the user's again", async () => {
    // A question is expected to take 50 and its prompt's 13: three fit.
    await using rig = await gatewayRig(settingsOf({ tokensPerUserBurst: 200, tokensPerUserPerMinute: 1 }));
    const asked = Array.from({ length: 5 }, (_, n) => watched(rig.llm.ask(question(`What is ${n}?`))));
    await rig.settle();
    const over = asked.filter(({ answer }) => answer !== null);
    expect(over).toHaveLength(2);
    expect(over[0]!.answer).toMatchObject({ reason: "over-budget", retryAfterMs: expect.any(Number) });
    for (let n = 0; n < 3; n++) {
      rig.open()[0]!.answer();
      await rig.settle();
    }
    const other = watched(rig.llm.ask(question("And this?")));
    const bob = watched(rig.llm.ask(question("And that?", { userId: "bob" })));
    await rig.settle();
    for (const call of rig.open()) call.answer();
    await rig.settle();
    expect([other.answer, bob.answer]).toMatchObject([{ status: "answered" }, { status: "answered" }]);
  });

  test("a schema that is none, and a model that nobody has", async () => {
    await using rig = await gatewayRig();
    expect(await rig.llm.ask(question("1", { schema: { type: "no such type" } }))).toMatchObject({ reason: "invalid" });
    expect(await rig.llm.ask(question("2", { model: "unheard-of" }))).toMatchObject({ reason: "no-model" });
    expect(await rig.llm.ask(question("x".repeat(20_000)))).toMatchObject({ reason: "invalid" });
  });
});

describe("deadlines", () => {
  test("what waits and what runs is over before its deadline, and the model stops", async () => {
    await using rig = await gatewayRig();
    const asked = Array.from({ length: 3 }, (_, n) => watched(rig.llm.ask(question(`${n}`, { waitMsMax: 1_000 }))));
    await rig.clock.advance(990);
    expect(asked.map(({ answer }) => answer)).toEqual([
      { status: "degraded", reason: "timed-out" },
      { status: "degraded", reason: "timed-out" },
      { status: "degraded", reason: "expired" },
    ]);
    expect(rig.open()).toEqual([]);
    expect(rig.gateway.status()).toMatchObject({ waiting: 0, running: 0 });
  });
});

describe("cancelling", () => {
  test.each(["queued", "before the first token", "mid-stream"])(
    "one that is %s ends at once and leaks nothing",
    async (when) => {
      await using rig = await gatewayRig();
      const cancel = new AbortController();
      const before = when === "queued" ? ["a", "b"].map((text) => watched(rig.llm.ask(question(text)))) : [];
      await rig.settle();
      const own = watched(rig.llm.ask(question("mine"), { signal: cancel.signal, onToken: () => {} }));
      await rig.settle();
      if (when === "mid-stream") rig.calls[0]!.token("Rain");
      cancel.abort();
      await rig.settle();
      expect(own.answer).toEqual({ status: "degraded", reason: "cancelled" });
      expect(rig.open()).toHaveLength(before.length);
      for (const call of rig.open()) call.answer();
      await rig.settle();
      expect(rig.gateway.status()).toMatchObject({ waiting: 0, running: 0 });
    },
  );

  test("when the process that asked is gone, what it asked for stops within five seconds", async () => {
    await using rig = await gatewayRig();
    void rig.requests.add({
      ...question(),
      id: "gone.1",
      caller: "gone",
      priority: "high",
      deadlineMs: rig.clock.nowMs() + 60_000,
      mode: "chat",
      isStreamed: false,
    });
    await rig.settle();
    expect(rig.open()).toHaveLength(1);
    await rig.clock.advance(5_000);
    expect(rig.open()).toEqual([]);
  });

  test("one of two who ask the same may go; the other is answered", async () => {
    await using rig = await gatewayRig();
    const cancel = new AbortController();
    const gone = watched(rig.llm.ask(question(), { signal: cancel.signal }));
    const stays = watched(rig.llm.ask(question()));
    await rig.settle();
    cancel.abort();
    await rig.settle();
    expect(rig.open()).toHaveLength(1);
    rig.calls[0]!.answer();
    await rig.settle();
    expect([gone.answer, stays.answer]).toMatchObject([{ reason: "cancelled" }, { status: "answered" }]);
  });
});
