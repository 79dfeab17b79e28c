import { describe, expect, test } from "vitest";
import { question, settingsOf, gatewayRig } from "#tests/support/gateway-worker-rig.ts";
import { aiSettings } from "#core/protocol/llm-status.ts";

describe("the metrics of a gateway", () => {
  test("count questions by what came of them, and the tokens of each call once", async () => {
    await using rig = await gatewayRig();
    for (const userId of ["ann", "bob"]) void rig.llm.ask(question("the same", { userId }));
    void rig.llm.ask(question("refused by its host"));
    await rig.settle();
    rig.calls[0]!.answer("A quiet place.", 5);
    rig.calls[1]!.fail("truncated", false);
    await rig.settle();
    const of = (name: string, labels = {}) => rig.metrics.valueOf(name, labels);
    expect(of("ai_answers_total", { kind: "npc" })).toBe(2);
    expect(of("ai_joined_total")).toBe(1);
    expect(of("ai_degraded_total", { reason: "truncated" })).toBe(1);
    expect(of("ai_calls_total", { outcome: "answered" })).toBe(1);
    expect(of("ai_calls_total", { outcome: "truncated" })).toBe(1);
    expect(of("ai_tokens_total", { of: "prompt" })).toBe(20);
    expect(of("ai_tokens_total", { of: "output" })).toBe(5);
    expect(of("ai_wait_seconds")).toBe(2);
    expect(of("ai_call_seconds")).toBe(2);
  });

  test("count what was refused with a time to try again, and what the cache knew", async () => {
    await using rig = await gatewayRig(settingsOf({ waitingMax: 1 }));
    for (const text of ["1", "2", "3", "4"]) void rig.llm.ask(question(text, { kind: "description" }));
    await rig.settle();
    expect(rig.metrics.valueOf("ai_rejected_total")).toBe(1);
    expect(rig.metrics.valueOf("ai_degraded_total", { reason: "queue-full" })).toBe(1);
    rig.calls[0]!.answer();
    await rig.settle();
    void rig.llm.ask(question("1", { kind: "description" }));
    await rig.settle();
    expect(rig.metrics.valueOf("ai_cache_hits_total")).toBe(1);
  });

  test("show every two seconds what waits by priority, how hard that presses, and how the hosts are", async () => {
    await using rig = await gatewayRig();
    for (const text of ["1", "2", "3", "4"]) void rig.llm.ask(question(text));
    void rig.llm.ask(question("5", { priority: "low" }));
    await rig.clock.advance(2_000);
    const of = (name: string, labels = {}) => rig.metrics.valueOf(name, labels);
    expect([of("ai_waiting", { priority: "high" }), of("ai_waiting", { priority: "low" })]).toEqual([2, 1]);
    expect([of("ai_running"), of("ai_slots"), of("ai_pressure")]).toEqual([2, 2, 1.5]);
    const states = (host: string) =>
      ["open", "probation", "closed", "draining", "unseen"].filter(
        (state) => of("ai_host_state", { host, state }) === 1,
      );
    expect(states("a")).toEqual(["open"]);
    const { hosts, limits } = rig.gateway.status().settings;
    rig.bus.publish(aiSettings, { revision: 1, limits, hosts: hosts.map((each) => ({ ...each, id: "b" })) });
    await rig.clock.advance(2_000);
    expect([states("a"), states("b")]).toEqual([[], ["open"]]);
    for (let left = 5; left > 0; left--) {
      for (const call of rig.open()) call.answer();
      await rig.settle();
    }
    await rig.clock.advance(2_000);
    expect([of("ai_waiting", { priority: "high" }), of("ai_running"), of("ai_pressure")]).toEqual([0, 0, 0]);
  });
});
