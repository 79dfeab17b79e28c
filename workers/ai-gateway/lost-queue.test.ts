import { describe, expect, test } from "vitest";
import { gatewayRig, question, watched } from "#tests/support/gateway-worker-rig.ts";

describe("a queue that loses what it kept", () => {
  test("is asked again what nobody has answered, and nothing else, and each is answered once", async () => {
    await using rig = await gatewayRig();
    const answered = watched(rig.llm.ask(question("1")));
    await rig.settle();
    rig.calls[0]!.answer("One.");
    await rig.settle();
    const tokens: string[] = [];
    const open = watched(rig.llm.ask(question("2"), { onToken: (text) => tokens.push(text) }));
    await rig.settle();
    rig.requests.forget();
    await rig.settle();
    expect(rig.calls.map(({ call }) => call.messages[0]!.content)).toEqual(["1", "2", "2"]);
    expect(rig.calls[1]!.signal.aborted).toBe(true);
    rig.calls[2]!.answer("Two.");
    await rig.settle();
    expect([answered.answer, open.answer]).toMatchObject([{ text: "One." }, { text: "Two." }]);
    expect(rig.gateway.status()).toMatchObject({ waiting: 0, running: 0, counts: { answered: 2 } });
  });

  test("is asked nothing again for those who wait no more", async () => {
    await using rig = await gatewayRig();
    const cancel = new AbortController();
    const own = watched(rig.llm.ask(question(), { signal: cancel.signal }));
    await rig.settle();
    cancel.abort();
    await rig.settle();
    rig.requests.forget();
    await rig.settle();
    expect([rig.calls.length, own.answer]).toEqual([1, { status: "degraded", reason: "cancelled" }]);
  });
});
