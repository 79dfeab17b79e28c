import { describe, expect, test } from "vitest";
import { aiSettings } from "#core/protocol/llm-status.ts";
import { gatewayRig, question, settingsOf, watched } from "#tests/support/gateway-worker-rig.ts";

describe("the same question", () => {
  test("of a hundred at once costs one call, and who comes late hears what was told", async () => {
    await using rig = await gatewayRig();
    const asked = Array.from({ length: 100 }, (_, n) =>
      watched(rig.llm.ask(question("same", { userId: `u${n}` }), { onToken: () => {} })),
    );
    await rig.settle();
    expect(rig.calls).toHaveLength(1);
    rig.calls[0]!.token("Rain ");
    const late: string[] = [];
    const last = watched(rig.llm.ask(question("same"), { onToken: (text) => late.push(text) }));
    await rig.settle();
    rig.calls[0]!.token("falls.");
    rig.calls[0]!.answer("Rain falls.");
    await rig.settle();
    expect(asked.filter(({ answer }) => answer?.status === "answered")).toHaveLength(100);
    expect(last.answer).toMatchObject({ status: "answered", text: "Rain falls." });
    expect(late).toEqual(["Rain ", "falls."]);
    expect(rig.gateway.status().counts.joined).toBe(100);
  });

  test("of a description within fifteen minutes costs nothing, and later it is asked anew", async () => {
    await using rig = await gatewayRig();
    const ask = async () => {
      const own = watched(rig.llm.ask(question("place", { kind: "description" })));
      await rig.settle();
      for (const call of rig.open()) call.answer();
      await rig.settle();
      return own.answer;
    };
    expect(await ask()).toMatchObject({ isCached: false });
    await rig.clock.advance(14 * 60_000);
    expect(await ask()).toMatchObject({ isCached: true, text: "A quiet place." });
    await rig.clock.advance(2 * 60_000);
    expect(await ask()).toMatchObject({ isCached: false });
    expect(rig.calls).toHaveLength(2);
  });
});

describe("several gateways", () => {
  test("share the slots of a host, and one that stops leaves its work to the other", async () => {
    await using rig = await gatewayRig(settingsOf(), { gateways: 2 });
    await rig.clock.advance(100);
    expect(rig.gateways.map((each) => each.status().hosts[0]!.slots)).toEqual([1, 1]);
    const asked = ["1", "2", "3", "4"].map((text) => watched(rig.llm.ask(question(text, { waitMsMax: 60_000 }))));
    await rig.settle();
    expect(rig.open()).toHaveLength(2);
    const stopping = rig.gateways[0]![Symbol.asyncDispose]();
    await rig.clock.advance(100);
    expect(rig.gateways[1]!.status().hosts[0]!.slots).toBe(2);
    for (let n = 0; n < 4; n++) {
      rig.open()[0]?.answer();
      await rig.clock.advance(100);
    }
    await stopping;
    expect(asked.map(({ answer }) => answer?.status)).toEqual(Array(4).fill("answered"));
    expect(rig.calls).toHaveLength(4);
  });

  test("one that dies has its work taken over, and only once", async () => {
    await using rig = await gatewayRig(settingsOf(), { gateways: 2 });
    const asked = ["1", "2"].map((text) => watched(rig.llm.ask(question(text, { waitMsMax: 60_000 }))));
    await rig.settle();
    rig.requests.kill();
    await rig.clock.advance(100);
    // What the dead one had under way is stopped: it is not his any more.
    expect(rig.open()).toHaveLength(1);
    for (let n = 0; n < 2; n++) {
      rig.open()[0]!.answer();
      await rig.clock.advance(100);
    }
    expect(rig.calls).toHaveLength(3);
    expect(asked.map(({ answer }) => answer?.status)).toEqual(["answered", "answered"]);
    const { counts } = rig.gateways[0]!.status();
    expect(counts.takenOver).toBe(1);
  });

  test("what is taken over is not asked again when nobody waits for it any more", async () => {
    await using rig = await gatewayRig(settingsOf(), { gateways: 2 });
    const cancel = new AbortController();
    void rig.llm.ask(question("1"), { signal: cancel.signal });
    const kept = watched(rig.llm.ask(question("2")));
    await rig.settle();
    // The cancellation itself is lost: news may be.
    const { publish } = rig.bus;
    rig.bus.publish = () => {};
    cancel.abort();
    await rig.settle();
    rig.bus.publish = publish;
    rig.requests.kill();
    rig.requests.kill();
    await using third = await rig.start("gateway-third");
    await rig.clock.advance(100);
    for (const call of rig.open()) call.answer();
    await rig.clock.advance(100);
    expect(kept.answer).toMatchObject({ status: "answered" });
    expect(rig.calls).toHaveLength(3);
    const stopping = third[Symbol.asyncDispose]();
    await rig.clock.advance(100);
    await stopping;
  });

  test("learn the newest settings from each other, also those that start later", async () => {
    await using rig = await gatewayRig(settingsOf(), { gateways: 2 });
    const next = { ...settingsOf({ waitingMax: 7 }, ["a", "b"]), revision: 3 };
    rig.bus.publish(aiSettings, next);
    await rig.clock.advance(100);
    await using late = await rig.start("gateway-late");
    await rig.clock.advance(100);
    expect([...rig.gateways, late].map((each) => each.status().settings)).toEqual([next, next, next]);
    expect(late.status().hosts.map(({ id }) => id)).toEqual(["a", "b"]);
    rig.bus.publish(aiSettings, { ...settingsOf(), revision: 2 });
    await rig.clock.advance(2_100);
    expect(late.status().settings.revision).toBe(3);
    const stopping = late[Symbol.asyncDispose]();
    await rig.clock.advance(100);
    await stopping;
  });

  test("a host that drains ends what it has and takes nothing new", async () => {
    await using rig = await gatewayRig(settingsOf({}, ["a", "b"]));
    const first = watched(rig.llm.ask(question("1")));
    await rig.settle();
    const { hosts, limits } = rig.gateway.status().settings;
    rig.bus.publish(aiSettings, {
      revision: 1,
      limits,
      hosts: hosts.map((each) => ({ ...each, isDraining: each.id === "a" })),
    });
    await rig.settle();
    for (const text of ["2", "3"]) void rig.llm.ask(question(text));
    await rig.settle();
    expect(rig.calls.map(({ url }) => url)).toEqual(["http://a.test", "http://b.test", "http://b.test"]);
    rig.calls[0]!.answer();
    await rig.settle();
    expect(first.answer).toMatchObject({ status: "answered" });
  });
});
