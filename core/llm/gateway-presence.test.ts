import { expect, test } from "vitest";
import { memoryBus } from "#adapters/memory/bus.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { aiLoad } from "../protocol/llm-status.ts";
import { gatewayPresence } from "./gateway-presence.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };
const setup = () => {
  const clock = manualClock();
  const bus = memoryBus({ clock, log });
  return { clock, bus, presence: gatewayPresence({ bus, clock }) };
};

test("where nobody serves there is no gateway", async () => {
  const { presence } = setup();
  expect(await presence.ask()).toBe("no-gateway");
});

test("one that was asked and dies before it answers is no proof that there is none", async () => {
  const { bus, clock, presence } = setup();
  bus.serve(aiLoad, () => new Promise(() => {}));
  const asking = presence.ask();
  await clock.advance(1_000);
  expect(await asking).toBe("open");
});
