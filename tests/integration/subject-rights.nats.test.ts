import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { systemEntropy } from "#adapters/entropy.ts";
import { aiFrom, aiVariables } from "#adapters/env/ai-variables.ts";
import { memoryAnswerCache } from "#adapters/memory/answer-cache.ts";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { memoryTokenBudgets } from "#adapters/memory/token-budgets.ts";
import { natsBus } from "#adapters/nats/bus.ts";
import { connectNats, type Nats } from "#adapters/nats/connect.ts";
import { natsInputStreams } from "#adapters/nats/input-streams.ts";
import { natsModelRequests } from "#adapters/nats/model-requests.ts";
import { inputStreamName } from "#adapters/nats/names.ts";
import { answerWithinS, type NatsRole, natsRoles, rightsOf } from "#adapters/nats/rights.ts";
import { ollamaHost } from "#adapters/ollama/host.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { authTimeoutsMs } from "#core/account/service.ts";
import type { InputId, WorldId } from "#core/lib/ids.ts";
import { busLlm } from "#core/llm/bus-llm.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import { authValidate } from "#core/protocol/auth-subjects.ts";
import { playerList } from "#core/protocol/player-subjects.ts";
import { authRevoked, worldLook } from "#core/protocol/subjects.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { someone, functionContext } from "#tests/support/function-context.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";
import { rawNats } from "#tests/support/nats-raw.ts";
import { countingLog, jetStreamApi } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";
import { startOllama } from "#tests/support/ollama-stand-in.ts";
import { startGateway } from "#workers/ai-gateway/service.ts";

testNatsServerIsHere();

const program = findNatsServer();
const passwords = Object.fromEntries(natsRoles.map((role) => [role, `the password of ${role}`])) as Record<
  NatsRole,
  string
>;
const timeoutMs = 3_000;
const worldId = "00000000-0000-4000-8000-000000000001" as WorldId;
const world = (name: string) => `world.${name}.${worldId}`;
const settled = (id: string): WorldInput => ({ type: "settled", id: id as InputId, messageId: "m" as InputId });

const askers: readonly NatsRole[] = ["functions", "functions-inline", "world"];
/** Each asks as itself, and hears what itself is answered. */
const ownOf = (role: NatsRole): readonly NatsRole[] => (askers.includes(role) || role === "one-process" ? [role] : []);
const isOfOneRole = (subject: string): boolean =>
  /^_INBOX|^ai\.(waiting|cancel|response)\./u.test(subject) && natsRoles.some((role) => subject.includes(role));

/** Who may, beside the one process, which may whatever somebody may. Written down apart from the table that it tests. */
const publishing: readonly (readonly [subject: string, by: readonly NatsRole[]])[] = [
  ["auth.login", ["functions"]],
  ["auth.validate", ["functions"]],
  ["auth.end-session", ["functions"]],
  ["auth.no-such-verb", []],
  ["player.create", ["functions"]],
  ["auth.revoked", ["functions-inline", "auth", "admin"]],
  ["world.create", ["functions", "functions-inline", "admin"]],
  ["world.delete", ["functions", "functions-inline", "admin"]],
  [world("look"), ["functions-inline", "world", "player"]],
  // Leaving is an act on a world as well.
  [world("act"), ["functions-inline", "world", "player"]],
  ["world.wanted", ["functions", "functions-inline", "world", "player"]],
  [world("input"), ["functions", "functions-inline", "world"]],
  [world("tick"), ["world"]],
  ["world.freed", ["world"]],
  ["ai.response.1", ["ai-gateway"]],
  ["ai.waiting.some.process", ["ai-gateway"]],
  ["ai.left", ["ai-gateway"]],
  ["ai.status", ["ai-gateway"]],
  ["ai.status-asked", ["functions", "functions-inline", "ai-gateway", "admin"]],
  ["ai.settings", ["admin"]],
  ["ai.request.npc.high", askers],
  ["ai.load", askers],
  ...natsRoles.map((role) => [`ai.cancel.${role}.somebody.1`, ownOf(role)] as const),
  ["$JS.API.STREAM.CREATE.AI_REQUEST", ["ai-gateway"]],
  ["$JS.API.CONSUMER.DURABLE.CREATE.AI_REQUEST.high", ["ai-gateway"]],
  ["$JS.API.CONSUMER.MSG.NEXT.AI_REQUEST.high", ["ai-gateway"]],
  ["$JS.ACK.AI_REQUEST.high.1.2.3.4.5", ["ai-gateway"]],
  ["$JS.API.STREAM.PURGE.AI_REQUEST", []],
  ["$SRV.PING", ["admin"]],
  ["$JS.API.STREAM.CREATE.WORLD_INPUT", ["world"]],
  ["$JS.API.STREAM.INFO.WORLD_INPUT", ["world"]],
  ["$JS.API.CONSUMER.CREATE.WORLD_INPUT.c.world.input.x", ["world"]],
  ["$JS.API.CONSUMER.DELETE.WORLD_INPUT.c", ["world"]],
  ["$JS.ACK.WORLD_INPUT.c.1.2.3.4.5", ["world"]],
  ["$JS.API.STREAM.CREATE.ANOTHER", []],
  ["$JS.API.STREAM.DELETE.WORLD_INPUT", []],
  ["$JS.API.STREAM.PURGE.WORLD_INPUT", []],
  ["$JS.API.STREAM.MSG.GET.WORLD_INPUT", []],
  ["$JS.API.DIRECT.GET.WORLD_INPUT", []],
  ["$JS.API.CONSUMER.MSG.NEXT.WORLD_INPUT.c", []],
  ["$JS.API.STREAM.NAMES", []],
  ["$SYS.REQ.SERVER.PING", []],
  ["_INBOX.anybodys.1", []],
  ...natsRoles.map((role) => [`_INBOX_${role}.its.1`, []] as const),
  ["something.else", []],
];
const subscribing: typeof publishing = [
  ["auth.login q", ["auth"]],
  ["auth.login", []],
  ["auth.login another-group", []],
  ["auth.>", []],
  ["player.create q", ["player"]],
  ["player.create", []],
  ["world.create q", ["world"]],
  ["world.create", []],
  [`${world("look")} q`, ["world"]],
  [`${world("act")} q`, ["world"]],
  [world("look"), []],
  [world("input"), []],
  ["world.>", []],
  ["world.freed", ["world"]],
  ["world.wanted", ["world"]],
  ["auth.revoked", ["auth"]],
  ["ai.cancel.1", ["ai-gateway"]],
  ["ai.load q", ["ai-gateway"]],
  ["ai.load", []],
  ...natsRoles.flatMap((role) => {
    return [
      [`ai.waiting.${role}.somebody q`, ownOf(role)],
      [`ai.waiting.${role}.somebody`, []],
      [`ai.response.${role}.somebody.*`, ownOf(role)],
    ] as const;
  }),
  ["ai.response.>", []],
  ["ai.response.*.somebody.*", []],
  ["ai.request.*.*", []],
  ["ai.status", ["ai-gateway", ...askers, "admin"]],
  ["ai.left", ["ai-gateway", ...askers]],
  ["ai.settings", ["ai-gateway"]],
  ["$SRV.PING", ["world", "auth", "player", "ai-gateway"]],
  ["$SRV.INFO.auth.some-id", ["auth"]],
  ["$JS.>", []],
  ["$SYS.>", []],
  [">", []],
  ["_INBOX.>", []],
  ["_INBOX.anybodys", []],
  ...natsRoles.map((role) => [`_INBOX_${role}.its.1`, [role]] as const),
];

const expectedOf = (role: NatsRole, rows: typeof publishing): string[] =>
  rows.flatMap(([subject, by]) => {
    const ofSomebody = role === "one-process" && by.length > 0 && !isOfOneRole(subject);
    return by.includes(role) || ofSomebody ? [subject] : [];
  });

describe.skipIf(program === null)("on a server with a user for each role", () => {
  let server: NatsServer;
  const connections: Nats[] = [];
  const as = async (role: NatsRole): Promise<Nats> => {
    const { log } = countingLog();
    const nats = connectNats({ servers: [server.url], name: role, user: role, pass: passwords[role], log });
    connections.push(nats);
    await nats.connected(5_000);
    return nats;
  };
  const busAs = async (role: NatsRole) => natsBus(await as(role), { clock: systemClock });
  /** Everybody's words up to now have been taken by the server, and everybody was told what came of them. */
  const allHeard = async () => {
    for (let round = 0; round < 2; round++) for (const nats of connections) await nats.connection().flush();
  };

  beforeAll(async () => {
    server = await startNatsServer(program!, { passwords });
    const streams = natsInputStreams(await as("world"));
    await streams.append(worldId, settled("makes-the-stream"));
  });
  afterAll(async () => {
    await Promise.all(connections.map((nats) => nats[Symbol.asyncDispose]()));
    await server[Symbol.asyncDispose]();
  });

  test.each<[string, { user?: string; pass?: string }]>([
    ["nobody", {}],
    ["a role with another's password", { user: "world", pass: passwords.auth }],
    ["somebody who has no role", { user: "root", pass: "root" }],
  ])("%s is not let in", async (_who, login) => {
    await using nats = connectNats({ servers: [server.url], name: "stranger", log: countingLog().log, ...login });
    await expect(nats.connected(300)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test.each(natsRoles)("%s may publish and subscribe to what it is there for, and to nothing else", async (role) => {
    await using client = await rawNats(server.url, { user: role, pass: passwords[role] });
    const allowed = { publish: [] as string[], subscribe: [] as string[] };
    for (const [subject] of publishing) if (await client.mayPublish(subject)) allowed.publish.push(subject);
    for (const [subject] of subscribing) if (await client.maySubscribe(subject)) allowed.subscribe.push(subject);
    expect(allowed).toEqual({ publish: expectedOf(role, publishing), subscribe: expectedOf(role, subscribing) });
  });

  test("requests find those who serve them, and answers their way back", async () => {
    const ann = await someone(functionContext(), "Ann");
    const principal = { userId: ann.userId, sessionId: ann.sessionId, username: ann.username, role: ann.role };
    const [functions, auth] = [await busAs("functions"), await busAs("auth")];
    const [player, owner] = [await busAs("player"), await busAs("world")];
    owner.serve(worldLook(worldId), async () => ({ text: "a field" }));
    const asked: string[] = [];
    player.serve(playerList, async () => {
      asked.push((await player.request(worldLook(worldId), { characterId: "c" }, { timeoutMs })).text);
      return [];
    });
    const stop = auth.serve(authValidate, async () => principal);
    await allHeard();
    expect(await functions.request(authValidate, { token: "t" }, { timeoutMs })).toEqual(principal);
    expect(await functions.request(playerList, principal, { timeoutMs })).toEqual([]);
    expect(asked).toEqual(["a field"]);
    await stop();
  });

  test("inputs go from the functions into the stream, from there to the world, and are acknowledged", async () => {
    const functions = natsInputStreams(await as("functions"), { isMadeElsewhere: true });
    const owner = await as("world");
    const deliveries: Delivery[] = [];
    const two = Promise.withResolvers<void>();
    const consumer = natsInputStreams(owner).consume(worldId, (delivery) => {
      deliveries.push(delivery);
      if (deliveries.length === 2) two.resolve();
    });
    await functions.append(worldId, settled("by-the-functions"));
    await two.promise;
    expect(deliveries.map(({ input }) => input.id)).toEqual(["makes-the-stream", "by-the-functions"]);
    for (const { ack } of deliveries) ack();
    await consumer.stop();
    const again: string[] = [];
    const next = Promise.withResolvers<void>();
    const after = natsInputStreams(await as("world")).consume(worldId, ({ input, ack }) => {
      again.push(input.id);
      ack();
      next.resolve();
    });
    await functions.append(worldId, settled("the-next"));
    await next.promise;
    expect(again).toEqual(["the-next"]);
    await after.stop();
  });

  test("with the functions' password nobody answers in place of the auth service, and nobody overhears it", async () => {
    const thief = await as("functions");
    const heard: string[] = [];
    const subjects = ["auth.validate", "auth.>", ">", "_INBOX.>", "_INBOX_one-process.>", "_INBOX_auth.>"];
    for (const subject of subjects) thief.subscribe(subject, {}, (message) => void heard.push(message.subject));
    thief.subscribe("auth.validate", { queue: "q" }, (message) => void message.respond("{}"));
    await thief.connection().flush();
    const ann = await someone(functionContext(), "Ann");
    const principal = { userId: ann.userId, sessionId: ann.sessionId, username: ann.username, role: ann.role };
    const [asking, auth] = [await busAs("one-process"), await busAs("auth")];
    const stop = auth.serve(authValidate, async () => principal);
    await allHeard();
    for (let n = 0; n < 20; n++)
      expect(await asking.request(authValidate, { token: "t" }, { timeoutMs })).toEqual(principal);
    await allHeard();
    expect(heard).toEqual([]);
    await stop();
  });

  test("an answer is given once, and by nobody who was not asked", async () => {
    const [auth, functions, player] = [await as("auth"), await as("functions"), await as("player")];
    const inbox = functions.newInbox();
    const answers: string[] = [];
    functions.subscribe(inbox, {}, (message) => void answers.push(message.string()));
    auth.subscribe("auth.me", { queue: "q" }, (message) => {
      message.respond("first");
      message.respond("second");
    });
    await allHeard();
    player.connection().publish(inbox, "from somebody who was not asked");
    functions.connection().publish("auth.me", "", { reply: inbox });
    await allHeard();
    await allHeard();
    expect(answers).toEqual(["first"]);
  });

  test("a world's password does not reach the auth service by way of a consumer that delivers there", async () => {
    const auth = await busAs("auth");
    let served = 0;
    const stop = auth.serve(authValidate, async () => {
      served += 1;
      throw new Error("was asked");
    });
    const thief = await as("world");
    const filter = "world.input.forged";
    const delivers = { deliver_subject: "auth.validate", deliver_group: "q" };
    const config = { name: "forger", filter_subject: filter, ...delivers, ack_policy: "explicit" };
    const body = { stream_name: inputStreamName, action: "create", config };
    const made = await jetStreamApi(thief, `CONSUMER.CREATE.${inputStreamName}.forger.${filter}`, body);
    expect(made).toMatchObject({ name: "forger" });
    const auditor = await as("one-process");
    const delivered = Promise.withResolvers<void>();
    auditor.subscribe("auth.validate", { queue: "q" }, () => delivered.resolve());
    await allHeard();
    for (let n = 0; n < 50; n++) await thief.connection().request(filter, '{"token":"t"}', { timeout: timeoutMs });
    // The server does deliver there, as it was told to. It is the service that takes none of it for a request.
    await delivered.promise;
    await allHeard();
    expect(served).toBe(0);
    await stop();
  });

  test("whoever may ask a model is answered, and waited for; who took the question made its stream", async () => {
    const clock = systemClock;
    await using ollama = await startOllama();
    const gateway = await as("ai-gateway");
    const { log, told } = countingLog();
    const ctx = {
      clock,
      log,
      metrics: noMetrics,
      bus: natsBus(gateway, { clock }),
      requests: natsModelRequests(gateway),
      budgets: memoryTokenBudgets(),
      cache: memoryAnswerCache(),
      openHost: (url: string) => ollamaHost({ url, clock, modelOptions: {} }),
    };
    const { settings, models } = aiFrom(z.object(aiVariables).parse({ OLLAMA_HOSTS: ollama.url }));
    await using running = await startGateway(ctx, { name: "ai-gateway-1", settings, models });
    for (const role of askers) {
      const nats = await as(role);
      const requests = natsModelRequests(nats, { isMadeElsewhere: true });
      await using llm = busLlm({ bus: natsBus(nats, { clock }), requests, clock, entropy: systemEntropy, log });
      await allHeard();
      expect(await llm.ask(question(`of ${role}`)), role).toMatchObject({ status: "answered" });

      ollama.behave(() => ({ kind: "stall", after: 0 }));
      const cancel = new AbortController();
      const asked = llm.ask(question(`of ${role}, cancelled`), { signal: cancel.signal });
      await vi.waitFor(() => expect(ollama.open(), role).toBe(1), { interval: 5 });
      cancel.abort();
      await asked;
      await vi.waitFor(() => expect(ollama.open(), role).toBe(0), { interval: 5 });
      ollama.behave(() => ({ kind: "answer" }));
    }
    expect(running.status().counts.answered).toBe(askers.length);
    expect(told).toEqual({ error: 0, warn: 0 });
  });

  test("that a session has ended is told by those who may end one, and heard by those who close sockets", async () => {
    const [auth, admin, owner] = [await busAs("auth"), await busAs("admin"), await busAs("world")];
    const heard: string[] = [];
    const two = Promise.withResolvers<void>();
    auth.subscribe(authRevoked, ({ sessionId }) => {
      heard.push(sessionId);
      if (heard.length === 2) two.resolve();
    });
    await allHeard();
    owner.publish(authRevoked, { sessionId: "forged" });
    await allHeard();
    auth.publish(authRevoked, { sessionId: "one" });
    admin.publish(authRevoked, { sessionId: "two" });
    await two.promise;
    expect(heard.toSorted()).toEqual(["one", "two"]);
  });
});

test("an answer may take longer than anybody waits for one", () => {
  expect(answerWithinS * 1000).toBeGreaterThan(Math.max(...Object.values(authTimeoutsMs)));
});

test("no role is without restrictions, which is what an empty list means to NATS", () => {
  for (const role of natsRoles) {
    expect(rightsOf(role).publish).not.toEqual([]);
    expect(rightsOf(role).subscribe).not.toEqual([]);
  }
});
