import { expect, vi } from "vitest";
import * as z from "zod";
import { connectNats, type Nats } from "#adapters/nats/connect.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { Log } from "#core/ports/system.ts";

/** Counts what it is told. */
export function countingLog(): { readonly log: Log; readonly told: { warn: number; error: number } } {
  const told = { warn: 0, error: 0 };
  return { told, log: { debug() {}, info() {}, warn: () => void told.warn++, error: () => void told.error++ } };
}

export async function connectedNats(url: string, log: Log = countingLog().log): Promise<Nats> {
  const nats = connectNats({ servers: [url], name: "test", log });
  await nats.connected(10_000);
  return nats;
}

export async function jetStreamApi(nats: Nats, operation: string, body: object = {}): Promise<unknown> {
  const answer = await nats.connection().request(`$JS.API.${operation}`, JSON.stringify(body), { timeout: 3_000 });
  return answer.json();
}

type Session = { readonly stop: () => Promise<void>; delivered: number; acked: number; isStopped: boolean };
type World = { readonly appended: Set<string>; readonly acked: Set<string>; session: Session | null };

export type ObservedStreams = {
  readonly streams: InputStreams;
  /** Resolves when the server has nothing to deliver any more, and has heard every ack. */
  quiet(nats: Nats): Promise<void>;
  stopAll(): Promise<void>;
};

/** Passes everything on to the streams, and keeps count, so that a test can wait until the server has come to agree. */
export function observed(
  inner: InputStreams,
  names: { readonly stream: string; readonly subjects: string; readonly inFlightMax: number },
): ObservedStreams {
  const worlds = new Map<WorldId, World>();
  const worldOf = (id: WorldId): World => {
    const world = worlds.get(id) ?? { appended: new Set(), acked: new Set(), session: null };
    worlds.set(id, world);
    return world;
  };

  return {
    streams: {
      async append(worldId, input) {
        await inner.append(worldId, input);
        worldOf(worldId).appended.add(input.id);
      },
      waiting: () => inner.waiting(),
      consume(worldId, deliver) {
        const world = worldOf(worldId);
        const consumer = inner.consume(worldId, ({ input, ack }) => {
          session.delivered += 1;
          const observedAck = () => {
            ack();
            if (!world.acked.has(input.id)) session.acked += 1;
            world.acked.add(input.id);
          };
          deliver({ input, ack: observedAck });
        });
        const session: Session = {
          delivered: 0,
          acked: 0,
          isStopped: false,
          async stop() {
            await consumer.stop();
            session.isStopped = true;
          },
        };
        world.session = session;
        return { stop: session.stop };
      },
    },
    quiet: (nats) =>
      vi.waitFor(
        async () => {
          const server = await serverView(nats, names);
          for (const [id, { appended, acked, session }] of worlds) {
            expect(server.stored(id), "what is stored and not acknowledged").toBe(appended.size - acked.size);
            if (session === null || session.isStopped) continue;
            const open = session.delivered - session.acked;
            expect(server.open(id), "what is delivered and not acknowledged").toBe(open);
            if (open < names.inFlightMax) expect(server.waiting(id), "what is not delivered").toBe(0);
          }
        },
        { interval: 2, timeout: 10_000 },
      ),
    async stopAll() {
      for (const { session } of worlds.values()) await session?.stop();
    },
  };
}

const streamInfo = z.object({ state: z.object({ subjects: z.record(z.string(), z.number()).optional() }) });
const consumerList = z.object({
  consumers: z.array(
    z.object({
      config: z.object({ filter_subject: z.string() }),
      num_ack_pending: z.number(),
      num_pending: z.number(),
    }),
  ),
});

async function serverView(nats: Nats, { stream, subjects }: { readonly stream: string; readonly subjects: string }) {
  const info = streamInfo.safeParse(await jetStreamApi(nats, `STREAM.INFO.${stream}`, { subjects_filter: ">" }));
  const list = consumerList.safeParse(await jetStreamApi(nats, `CONSUMER.LIST.${stream}`));
  const consumerOf = (id: WorldId) =>
    list.data?.consumers.find(({ config }) => config.filter_subject === `${subjects}.${id}`);
  return {
    stored: (id: WorldId) => info.data?.state.subjects?.[`${subjects}.${id}`] ?? 0,
    open: (id: WorldId) => consumerOf(id)?.num_ack_pending ?? null,
    waiting: (id: WorldId) => consumerOf(id)?.num_pending ?? null,
  };
}
