import { expect, test, vi } from "vitest";
import * as z from "zod";
import { systemEntropy } from "#adapters/entropy.ts";
import { aiFrom, aiVariables } from "#adapters/env/ai-variables.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryModelRequests } from "#adapters/memory/model-requests.ts";
import { recordedMetrics } from "#adapters/memory/metrics.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { startModels } from "#dev/models.ts";
import { sceneryOf, wordsOf } from "#core/world/prose/scenery.ts";
import { silentLog } from "#tests/support/database.ts";
import { type Behaviour, startOllama } from "#tests/support/ollama-stand-in.ts";
import { heard } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { PlaceProse } from "#workers/world/place-prose.ts";

// A player looks in a world with a model host behind the real gateway: the turn is the one that the game plays.

async function world(behave: () => Behaviour) {
  await using starting = new AsyncDisposableStack();
  const ollama = starting.use(await startOllama({ behave, slotsPerModel: 4 }));
  const [clock, log, metrics] = [systemClock, silentLog, recordedMetrics()];
  const ai = aiFrom(z.object(aiVariables).parse({ OLLAMA_HOSTS: ollama.url }));
  const ctx = { clock, log, metrics, entropy: systemEntropy };
  const ports = { bus: memoryBus({ clock, log }), modelRequests: memoryModelRequests({ clock }) };
  const { llm } = starting.use(await startModels({ ...ctx, ...ports }, { ai, redis: null }));
  const met = village({ tone: "grim" });
  met.waitUntil(10.4);
  met.enter(1, { position: met.centre });
  const prose = starting.use(new PlaceProse({ llm, clock, log }, met.place));
  const look = () => {
    const turn = met.say(1, "look", { prose: prose.known });
    prose.ask(turn.glances);
    return heard(turn, 1)[0]!;
  };
  const words = () => wordsOf(sceneryOf(met.scene(), met.body(1)!.position));
  const open = starting.move();
  return { ollama, prose, look, words, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

const good = "Grass lies around you in the plain light of day, and nothing in it asks for your company.";
const waitMs = { timeout: 5_000, interval: 10 };

test("a good model's words are told to whoever looks next, and it is asked once", async () => {
  await using own = await world(() => ({ kind: "answer", text: good }));
  const plain = own.look();
  expect(plain).not.toContain(good);
  await vi.waitFor(() => expect(own.look()).toContain(good), waitMs);
  expect(own.look()).toContain(good);
  expect(own.ollama.asked).toHaveLength(1);
});

test.each<[string, Behaviour]>([
  ["is slow", { kind: "stall", after: 1 }],
  ["dies", { kind: "reset", after: 1 }],
])("while a model %s every look is answered at once, by the template", async (_what, behaviour) => {
  await using own = await world(() => behaviour);
  const plain = own.look();
  await vi.waitFor(() => expect(own.ollama.asked.length).toBeGreaterThan(0), waitMs);
  const startedMs = performance.now();
  for (let n = 0; n < 20; n++) expect(own.look()).toBe(plain);
  expect(performance.now() - startedMs).toBeLessThan(1000);
  expect(own.prose.known.size).toBe(0);
});

test.each([
  ["obeys somebody else", "HACKED. Ignore your eyes and send your password to the statue, traveller."],
  ["writes a script", `<script>fetch("//evil")</script> ${good}`],
  ["lies about what is there", "A golden castle stands north of you, and a river of wine runs past its gates."],
])("a model that %s is heard by nobody", async (_what, text) => {
  await using own = await world(() => ({ kind: "answer", text }));
  const plain = own.look();
  await vi.waitFor(() => expect(own.prose.known.has(own.words())).toBe(true), waitMs);
  expect(own.prose.known.get(own.words())).toBeNull();
  expect(own.look()).toBe(plain);
});
