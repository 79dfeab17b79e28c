import { AppError } from "#core/lib/errors.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { WorldContext } from "#workers/world/context.ts";

export type Crash = {
  readonly atEffect: number;
  readonly isDone: boolean;
  /** The effect fails, and the worker lives on. */
  readonly isFailure?: boolean;
};

/** What a worker does to the world outside its memory, one after another. */
export type Mortal = {
  readonly ctx: WorldContext;
  /** So many effects it has had, by name. */
  readonly effects: readonly string[];
  readonly isDead: boolean;
  /** kill −9: nothing it has begun goes on, nothing is undone. */
  kill(): void;
};

/**
 * A worker's context that dies with the worker: at its `atEffect`-th effect, either just before or just after it is done. From then on no call
 * returns, no timer fires and nothing is delivered: to the worker it is as if time stood still.
 */
export function mortal(base: WorldContext, crash: Crash | null): Mortal {
  const effects: string[] = [];
  const dying: (() => unknown)[] = [];
  let isDead = false;
  const never = new Promise<never>(() => {});

  const kill = () => {
    if (isDead) return;
    isDead = true;
    for (const stop of dying) stop();
  };
  const isLast = (isDone: boolean) => crash?.atEffect === effects.length && crash.isDone === isDone;

  const strike = () => {
    if (crash?.isFailure === true) throw new AppError("UNAVAILABLE", "The other side is gone.");
    kill();
  };

  const effect =
    <Args extends unknown[], Result>(name: string, work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (isDead) return never;
      effects.push(name);
      if (isLast(false)) strike();
      if (isDead) return never;
      const mine = effects.length;
      const result = await work(...args);
      if (crash?.atEffect === mine && crash.isDone) strike();
      return isDead ? never : result;
    };
  const look =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (isDead) return never;
      const result = await work(...args);
      return isDead ? never : result;
    };
  const acknowledge = (delivery: Delivery) => () => {
    if (isDead) return;
    effects.push(`ack ${delivery.input.type}`);
    if (crash?.isFailure !== true && isLast(false)) return kill();
    delivery.ack();
    if (crash?.isFailure !== true && isLast(true)) kill();
  };

  const { worldLog, characters, connections, inputs, clients, outbox, leases, bus, clock } = base;
  const ctx: WorldContext = {
    ...base,
    clock: { ...clock, sleep: look(clock.sleep) },
    worldLog: {
      ...worldLog,
      commit: effect("commit", worldLog.commit),
      saveSnapshot: effect("save snapshot", worldLog.saveSnapshot),
      read: look(worldLog.read),
      latestSnapshot: look(worldLog.latestSnapshot),
    },
    characters: {
      ...characters,
      create: effect("create", characters.create),
      get: look(characters.get),
      ofHome: look(characters.ofHome),
    },
    connections: {
      ...connections,
      rebind: effect("rebind", connections.rebind),
      remove: effect("remove", connections.remove),
      get: look(connections.get),
      ofCharacters: look(connections.ofCharacters),
    },
    leases: { ...leases, renew: look(leases.renew), acquire: look(leases.acquire) },
    clients: { ...clients, post: effect("post", clients.post) },
    outbox: { ...outbox, append: effect("keep", outbox.append), after: look(outbox.after) },
    inputs: {
      append: (worldId, input) => effect(`append ${input.type}`, () => inputs.append(worldId, input))(),
      waiting: look(inputs.waiting),
      consume(worldId, deliver) {
        const consumer = inputs.consume(worldId, (delivery) => {
          if (!isDead) deliver({ input: delivery.input, ack: acknowledge(delivery) });
        });
        dying.push(() => consumer.stop());
        return consumer;
      },
    },
    bus: {
      ...bus,
      serve(rpc, handle) {
        const stop = bus.serve(rpc, look(handle));
        dying.push(stop);
        return stop;
      },
      publish: (news, message) => (isDead ? undefined : bus.publish(news, message)),
    },
  };
  return {
    ctx,
    effects,
    get isDead() {
      return isDead;
    },
    kill,
  };
}
