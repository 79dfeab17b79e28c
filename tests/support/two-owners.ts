import { makePlanetHere } from "#adapters/memory/make-planet.ts";
import { connectNats } from "#adapters/nats/connect.ts";
import { memoryClients } from "#adapters/memory/clients.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryWeathers } from "#adapters/memory/weathers.ts";
import { memoryOutbox } from "#adapters/memory/outbox.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { portsOver } from "#adapters/ports-over.ts";
import { noLlm } from "#adapters/memory/llm.ts";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { type ConnectionId, type InputId, lobbyWorldId } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports/connections.ts";
import type { Clock } from "#core/ports/system.ts";
import type { Commit, WorldLog } from "#core/ports/world-log.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { findNats, natsServer } from "#dev/servers/nats.ts";
import { findPostgres, postgresServer } from "#dev/servers/postgres.ts";
import type { WorldContext } from "#workers/world/context.ts";
import { startWorldService } from "#workers/world/service.ts";
import { handOvers, installAudit, whereabouts, witnessed } from "./chaos-audit.ts";
import type { Evidence } from "./chaos-invariants.ts";
import { replays } from "./chaos-rig.ts";
import { silentLog } from "./database.ts";
import { temporaryDirectory } from "./dev.ts";
import { characterRecord, newAccount } from "./records.ts";

/** A process that can stand still in the middle of anything, as under SIGSTOP: its clock, too, is what it was. */
export type Owner = AsyncDisposable & {
  /** Resolves when it stands still where it was told to. */
  readonly stands: Promise<void>;
  goOn(): void;
  /** What became of the commit at which it stood still. */
  outcome(): "under way" | Awaited<ReturnType<WorldLog["commit"]>>;
};

/** Just before, or just after, its commit of this line. */
export type Stop = { readonly when: "before" | "after"; readonly line: string };

export type Variant = (ctx: WorldContext, postgres: Postgres) => WorldContext;

/** The lobby, on a real Postgres and NATS, and two processes that can own it. Ana is there, and types. */
export type TwoOwners = AsyncDisposable & {
  start(name: string, options: { readonly variant: Variant; readonly stop: Stop }): Promise<Owner>;
  type(line: string): Promise<void>;
  /** As if nobody had been heard of for as long as a lease. */
  passLease(): Promise<void>;
  said(): Promise<string[]>;
  evidence(spoken: readonly string[]): Promise<Evidence>;
};

const leaseMs = 60_000;

export async function startTwoOwners(): Promise<TwoOwners> {
  await using starting = new AsyncDisposableStack();
  const home = starting.use(await temporaryDirectory());
  const database = starting.use(await postgresServer(findPostgres()!, await homeOf(starting), { isDurable: false }));
  const broker = starting.use(await natsServer(findNats()!, home.path));
  await Promise.all([database.start(), broker.start()]);
  const postgres = starting.use(openPostgres({ url: database.url, log: silentLog }));
  await migratePostgres(postgres, { log: silentLog });
  await installAudit(postgres);
  const shared = { connections: memoryConnections(), clients: memoryClients(), outbox: memoryOutbox() };
  const connect = (name: string, closers: AsyncDisposableStack): Ports => {
    const nats = closers.use(connectNats({ servers: [broker.url], name, log: silentLog }));
    const own = closers.use(openPostgres({ url: `${database.url}?application_name=${name}`, log: silentLog }));
    return { ...portsOver({ postgres: own, redis: null, nats }, { clock: systemClock, log: silentLog }), ...shared };
  };
  const ports = connect("typing", starting);
  await peopled(ports);
  let typed = 0;
  const type = async (text: string): Promise<void> => {
    const { id: connectionId, characterId } = ana;
    const common = { connectionId, characterId, number: ++typed };
    await ports.inputs.append(lobbyWorldId, {
      ...common,
      type: "command",
      id: `typed-${typed}` as InputId,
      text: `say ${text}`,
    });
  };
  const running = starting.move();
  return {
    async start(name, { variant, stop }) {
      await using opening = new AsyncDisposableStack();
      const own = connect(name, opening);
      const clock = stoppableClock();
      const ctx = variant(
        {
          ...own,
          clock,
          entropy: systemEntropy,
          log: silentLog,
          metrics: noMetrics,
          llm: noLlm,
          interviewVerbs: { converse: async () => {} },
          weathers: memoryWeathers(),
          makePlanet: makePlanetHere,
        },
        postgres,
      );
      const { worldLog, ...control } = stoppable(ctx.worldLog, clock, stop);
      const service = await startWorldService({ ...ctx, worldLog }, { owner: name, leaseMs });
      const open = opening.move();
      return {
        ...control,
        async [Symbol.asyncDispose]() {
          control.goOn();
          await service.stop();
          await open.disposeAsync();
        },
      };
    },
    type,
    async passLease() {
      await postgres.run((db) =>
        db.execute("update leases set expires_at = now(); update workers set expires_at = now()"),
      );
    },
    async said() {
      const log = await witnessed(postgres);
      return log.flatMap(({ event }) => (event.type === "spoke" ? [event.text] : []));
    },
    async evidence(spoken) {
      const promised = {
        userId: ana.userId,
        username: ana.username,
        spoken: spoken.map((line, knew) => ({ line, knew })),
        sentAgain: [],
        places: [],
      };
      return {
        log: await witnessed(postgres),
        hands: await handOvers(postgres),
        promised: [promised],
        whereabouts: await whereabouts(postgres),
        replays: await replays(postgres),
      };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

type Ports = ReturnType<typeof portsOver> & Pick<WorldContext, "connections" | "clients" | "outbox">;

/** PostgreSQL runs as nobody where the tests run as root, who must reach its directory. */
async function homeOf(stack: AsyncDisposableStack): Promise<string> {
  return stack.use(await temporaryDirectory()).path;
}

const account = newAccount(1);
const character = characterRecord(1, {
  homeWorldId: lobbyWorldId,
  worldId: lobbyWorldId,
  position: { x: 5, y: 2, z: 0 },
});
const ana: Connection = {
  id: "socket-1" as ConnectionId,
  userId: account.id,
  username: account.username,
  sessionId: "50000000-0000-4000-8000-000000000001" as Connection["sessionId"],
  protocol: "legacy",
  characterId: character.id,
  characterName: character.name,
  worldId: lobbyWorldId,
  travels: 0,
  connectedAtMs: 0,
};

async function peopled({ worlds, accounts, characters, connections, clients, inputs }: Ports): Promise<void> {
  await worlds.createIfAbsent({ ...readyMadeWorlds[0]!, createdAtMs: 0 });
  await accounts.create(account);
  await characters.create(character);
  await connections.add(ana);
  (clients as ReturnType<typeof memoryClients>).open(ana.id);
  const { id: connectionId, userId, characterId, protocol } = ana;
  const id = "connected" as InputId;
  await inputs.append(lobbyWorldId, { type: "connected", id, connectionId, userId, characterId, protocol });
}

type StoppableClock = Clock & { stop(): void; goOn(): void };

function stoppableClock(): StoppableClock {
  let stoppedMs: number | null = null;
  let going = Promise.withResolvers<void>();
  going.resolve();
  return {
    nowMs: () => systemClock.nowMs(),
    monotonicMs: () => stoppedMs ?? systemClock.monotonicMs(),
    async sleep(ms, signal) {
      await systemClock.sleep(ms, signal);
      await going.promise;
    },
    stop() {
      stoppedMs = systemClock.monotonicMs();
      going = Promise.withResolvers();
    },
    goOn() {
      stoppedMs = null;
      going.resolve();
    },
  };
}

function stoppable(worldLog: WorldLog, clock: StoppableClock, stop: Stop) {
  const standing = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  let outcome: ReturnType<Owner["outcome"]> = "under way";
  let hasStood = false;
  const isStop = ({ events }: Commit): boolean =>
    !hasStood && events.some(({ payload }) => (payload as { text?: string }).text === stop.line);
  const stand = async (): Promise<void> => {
    hasStood = true;
    clock.stop();
    standing.resolve();
    await going.promise;
  };
  return {
    worldLog: {
      ...worldLog,
      async commit(commit: Commit) {
        if (!isStop(commit)) return worldLog.commit(commit);
        if (stop.when === "before") await stand();
        outcome = await worldLog.commit(commit);
        if (stop.when === "after") await stand();
        return outcome;
      },
    },
    stands: standing.promise,
    goOn() {
      clock.goOn();
      going.resolve();
    },
    outcome: () => outcome,
  };
}
