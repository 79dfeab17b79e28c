import { expect, test } from "vitest";
import { memoryClients } from "#adapters/memory/clients.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { connectionOf } from "#tests/contract/connections.ts";
import { recordingLog } from "#tests/support/function-context.ts";
import { AppError } from "../lib/errors.ts";
import type { ConnectionId } from "../lib/ids.ts";
import { socketSweepMs, sweepSockets } from "./sweep-sockets.ts";

const startMs = Date.UTC(2030, 0, 1);
const ada = connectionOf("Ada");
const bea = connectionOf("Bea");

/** Ada and Bea are connected; Ada's session expires ten seconds after the first sweep. */
async function setup() {
  const clock = manualClock(startMs);
  const { log, lines } = recordingLog();
  const clients = memoryClients();
  const ctx = {
    clock,
    log,
    clients,
    limits: memoryLimits(),
    connections: memoryConnections(),
    sessions: memorySessions(memoryTables()),
  };
  const lives = [
    [ada, socketSweepMs + 10_000],
    [bea, 3_600_000],
  ] as const;
  for (const [{ sessionId: id, userId }, lifeMs] of lives)
    await ctx.sessions.create({ id, userId, createdAtMs: startMs, expiresAtMs: startMs + lifeMs });
  const connect = async (connection: typeof ada) => {
    await ctx.connections.add(connection);
    clients.open(connection.id);
  };
  await connect(ada);
  await connect(bea);
  const isOpen = (...connections: (typeof ada)[]) => connections.map(({ id }) => clients.isOpen(id));
  return { ctx, clock, clients, lines, connect, isOpen };
}

test("the sockets of a session that expires are closed within a minute, all of them, and nobody else's", async () => {
  const s = await setup();
  const second = connectionOf("Second", { sessionId: ada.sessionId, userId: ada.userId });
  await s.connect(second);
  await using _ = sweepSockets(s.ctx);
  await s.clock.advance(socketSweepMs + 10_000);
  expect(s.isOpen(ada, second, bea)).toEqual([true, true, true]);
  await s.clock.advance(socketSweepMs - 10_000);
  expect(s.isOpen(ada, second, bea)).toEqual([false, false, true]);
});

test("the sockets of a session that was revoked without anybody hearing of it are closed", async () => {
  const s = await setup();
  await using _ = sweepSockets(s.ctx);
  await s.ctx.sessions.revokeAll(bea.userId);
  await s.clock.advance(socketSweepMs - 1);
  expect(s.isOpen(bea)).toEqual([true]);
  await s.clock.advance(1);
  expect(s.isOpen(bea)).toEqual([false]);
});

test("a socket of somebody else's session is closed", async () => {
  const s = await setup();
  const thief = connectionOf("Thief", { sessionId: bea.sessionId });
  await s.ctx.connections.remove(bea.id);
  await s.connect(thief);
  await using _ = sweepSockets(s.ctx);
  await s.clock.advance(socketSweepMs);
  expect(s.isOpen(thief)).toEqual([false]);
});

test("however many processes sweep, each session is looked up once a minute; and looking prolongs nothing", async () => {
  const s = await setup();
  const lookedUp: string[] = [];
  const sessions: typeof s.ctx.sessions = {
    ...s.ctx.sessions,
    get(id, nowMs) {
      lookedUp.push(`${id} at ${(nowMs - startMs) / socketSweepMs}`);
      return s.ctx.sessions.get(id, nowMs);
    },
    touch: () => Promise.reject(new Error("a sweep is no use of a session")),
  };
  await using sweepers = new AsyncDisposableStack();
  for (let process = 0; process < 5; process++) {
    sweepers.use(sweepSockets({ ...s.ctx, sessions }));
    await s.clock.advance(100);
  }
  await s.connect(connectionOf("Bea's other one", { sessionId: bea.sessionId, userId: bea.userId }));
  await s.clock.advance(3 * socketSweepMs);
  expect(lookedUp.toSorted()).toEqual(
    [ada, bea].flatMap(({ sessionId }) => [1, 2, 3].map((minute) => `${sessionId} at ${minute}`)).toSorted(),
  );
});

test("while sessions cannot be looked up nothing is closed; afterwards it goes on", async () => {
  const s = await setup();
  let isDown = true;
  const { get } = s.ctx.sessions;
  s.ctx.sessions.get = (id, nowMs) => (isDown ? Promise.reject(new AppError("UNAVAILABLE", "down")) : get(id, nowMs));
  await using _ = sweepSockets(s.ctx);
  await s.clock.advance(5 * socketSweepMs);
  expect(s.isOpen(ada, bea)).toEqual([true, true]);
  expect(s.lines.filter(({ level }) => level === "warn")).toHaveLength(5);
  isDown = false;
  await s.clock.advance(socketSweepMs);
  expect(s.isOpen(ada, bea)).toEqual([false, true]);
});

test("a socket that cannot be closed holds up no other, and is tried again", async () => {
  const s = await setup();
  const { close } = s.clients;
  let isDown = true;
  s.clients.close = (id: ConnectionId) =>
    isDown && id === ada.id ? Promise.reject(new AppError("UNAVAILABLE", "no gateway")) : close(id);
  await s.ctx.sessions.revokeAll(bea.userId);
  await using _ = sweepSockets(s.ctx);
  await s.clock.advance(2 * socketSweepMs);
  expect(s.isOpen(ada, bea)).toEqual([true, false]);
  isDown = false;
  await s.clock.advance(socketSweepMs);
  expect(s.isOpen(ada)).toEqual([false]);
});

test("no more than a hundred sessions are looked up at once, and all of them are", async () => {
  const s = await setup();
  for (let n = 0; n < 348; n++) await s.connect(connectionOf(`number ${n}`));
  let [underWay, most, total] = [0, 0, 0];
  s.ctx.sessions.get = async () => {
    most = Math.max(most, (underWay += 1));
    total += 1;
    await Promise.resolve();
    underWay -= 1;
    return null;
  };
  await using _ = sweepSockets(s.ctx);
  await s.clock.advance(socketSweepMs);
  expect([most, total]).toEqual([100, 350]);
});

test("who stops in the middle of a sweep waits for the sessions that are being looked up, and begins with no others", async () => {
  const s = await setup();
  for (let n = 0; n < 348; n++) await s.connect(connectionOf(`number ${n}`));
  const answered = Promise.withResolvers<null>();
  let total = 0;
  s.ctx.sessions.get = () => {
    total += 1;
    return answered.promise;
  };
  const sweeping = sweepSockets(s.ctx);
  await s.clock.advance(socketSweepMs);
  let hasStopped = false;
  const stopped = sweeping[Symbol.asyncDispose]().then(() => (hasStopped = true));
  await s.clock.advance(0);
  expect([total, hasStopped]).toEqual([100, false]);
  answered.resolve(null);
  await stopped;
  expect(total).toBe(100);
});

test("who stops before a sweep never sweeps", async () => {
  const s = await setup();
  const sweeping = sweepSockets(s.ctx);
  await sweeping[Symbol.asyncDispose]();
  await s.clock.advance(10 * socketSweepMs);
  expect([s.clock.sleeping(), s.isOpen(ada)]).toEqual([0, [true]]);
});
