import { makePlanetHere } from "#adapters/memory/make-planet.ts";
import { inspect } from "node:util";
import { noLlm } from "#adapters/memory/llm.ts";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { memoryWeathers } from "#adapters/memory/weathers.ts";
import { AppError } from "#core/lib/errors.ts";
import type { InputId } from "#core/lib/ids.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Log } from "#core/ports/system.ts";
import type { Commit, WorldLog } from "#core/ports/world-log.ts";
import type { WorldContext } from "#workers/world/context.ts";
import { unguarded } from "#workers/world/guard.ts";
import { startWorldService, type WorldService } from "#workers/world/service.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import type { Broker } from "./broker.ts";
import { type Network, remote } from "./network.ts";
import type { SimProcess } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Stores } from "./stores.ts";
import type { Variant } from "./variant.ts";

export const leaseMs = 1500;

export type Setting = {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly broker: Broker;
  readonly stores: Stores;
  readonly variant: Variant;
  /** Messages between worlds that have been sent once, for the variant that forgets them. */
  readonly sent: Set<string>;
  /** For whoever reads a history that failed. */
  readonly trace: (what: string) => void;
  /** What must never be, in words. */
  readonly violations: string[];
};

export type Worker = {
  readonly process: SimProcess;
  readonly isEnding: boolean;
  /** SIGTERM: resolves when it has given up everything; never where it dies before. */
  stop(): Promise<void>;
};

type Start = {
  readonly seed: number;
  /** It could not start, and has ended. */
  readonly onExit: () => void;
};

/** The real service in a process of its own, with the network between it and everything else. */
export function startWorker(setting: Setting, process: SimProcess, { seed, onExit }: Start): Worker {
  const { network, broker, stores, variant, trace } = setting;
  const ctx: WorldContext = {
    clock: process.clock,
    entropy: seededEntropy(seed),
    log: watchful(setting, process),
    metrics: noMetrics,
    llm: noLlm,
    interviews: { latestOf: async () => null },
    interviewVerbs: { converse: async () => {} },
    worlds: remote(network, process, "database", stores.worlds),
    planets: remote(network, process, "database", stores.planets),
    makePlanet: makePlanetHere,
    worldLog: owning(setting, process, remote(network, process, "database", stores.worldLog)),
    weathers: memoryWeathers(),
    weatherStates: remote(network, process, "database", stores.weatherStates),
    placements: remote(network, process, "database", stores.placements),
    leases: remote(
      network,
      process,
      "database",
      variant === "no lease check" ? shortLeases(stores.leases) : stores.leases,
    ),
    characters: remote(network, process, "database", stores.characters),
    inputs: forgetful(setting, broker.inputs(process)),
    bus: broker.bus(process),
    accounts: { byId: async () => null },
    connections: remote(network, process, "registry", stores.connections),
    outbox: remote(network, process, "registry", stores.outbox),
    clients: remote(network, process, "gateway", stores.gateway.clients),
  };
  let service: WorldService | null = null;
  let isEnding = false;
  const options = {
    owner: process.name,
    leaseMs: variant === "no lease check" ? leaseMs * 1e6 : leaseMs,
    guard: unguarded,
  };
  const started = startWorldService(ctx, options).then(
    (it) => (service = it),
    (error: unknown) => {
      trace(`${process.name} could not start: ${String(error)}`);
      process.kill();
      onExit();
    },
  );
  return {
    process,
    get isEnding() {
      return isEnding;
    },
    stop() {
      isEnding = true;
      return started.then(() => service?.stop());
    },
  };
}

/** A worker that trusts in its lease for ever, while the store does not. */
function shortLeases(leases: Leases): Leases {
  return {
    ...leases,
    acquire: (owner, ids) => leases.acquire(owner, ids, leaseMs),
    renew: (owner) => leases.renew(owner, leaseMs),
  };
}

/** What is sent again has lost its name, so that nobody knows it again. */
function forgetful({ sent, variant }: Setting, inputs: InputStreams): InputStreams {
  const isForgotten = ({ type, ...rest }: WorldInput): boolean =>
    variant === "no outbound dedupe"
      ? type === "hear"
      : variant === "no forward dedupe" && type === "command" && "fromWorldId" in rest;
  return {
    ...inputs,
    append(worldId, input) {
      if (!isForgotten(input) || !sent.has(input.id)) {
        sent.add(input.id);
        return inputs.append(worldId, input);
      }
      return inputs.append(worldId, { ...input, id: `${input.id}~${sent.add(`again ${sent.size}`).size}` as InputId });
    },
  };
}

/** The fence makes a stale owner harmless; the lease is to keep it from trying. */
function owning({ stores, scheduler, trace, violations }: Setting, process: SimProcess, log: WorldLog): WorldLog {
  return {
    ...log,
    commit(commit: Commit) {
      const lease = stores.tables.leases.get(commit.worldId);
      // An acquire of its own that comes late gives it a newer fence, a release none: neither takes the world from it.
      const isForeign = lease !== undefined && lease.owner !== null && lease.owner !== process.name;
      const isOver = lease?.owner === process.name && lease.expiresAtMs <= scheduler.nowMs();
      if (isForeign || isOver)
        violations.push(
          `${process.name} writes to ${commit.worldId} at ${scheduler.nowMs()} ms, and its lease has run out`,
        );
      const what = commit.events.map(({ type, metadata }) => `${type} ${JSON.stringify(metadata)}`);
      trace(`${process.name} writes after ${commit.worldId.slice(0, 2)} ${commit.expectedVersion}: ${what.join(", ")}`);
      return log.commit(commit);
    },
  };
}

/** Whatever fails for another reason than a port's refusal is a bug. */
function watchful({ violations, scheduler, trace }: Setting, process: SimProcess): Log {
  const note = (fields: object, message: string) => {
    const { error } = fields as { error?: unknown };
    trace(`${process.name}: ${message}: ${String(error)}`);
    if (error === undefined || error instanceof AppError) return;
    violations.push(`${process.name} at ${scheduler.nowMs()} ms: ${message}: ${inspect(error)}`);
  };
  return {
    debug: () => {},
    info: (fields, message) => trace(`${process.name}: ${message} ${JSON.stringify(fields)}`),
    warn: note,
    error: note,
  };
}
