import type { Bus } from "#core/ports/bus.ts";
import type { Log } from "#core/ports/system.ts";
import type { News } from "#core/protocol/subjects.ts";
import type { NatsBusOptions } from "./bus.ts";
import type { Nats } from "./connect.ts";
import { fromWire, toWire } from "./wire.ts";

/** News on its way to one subscriber. One more is lost. */
export const newsPendingMax = 10_000;
/** Handled in one go, before others in this process get their turn. */
const newsPerTurnMax = 500;

type NewsBus = Pick<Bus, "publish" | "subscribe"> & { lost(): number };

export function newsOver(nats: Nats, bounds: NatsBusOptions): NewsBus {
  const { log } = nats;
  const pendingMax = bounds.newsPendingMax ?? newsPendingMax;
  let lost = 0;
  let lostWhileDown = 0;
  nats.watch({
    up: () => {
      if (lostWhileDown > 0) log.warn({ lost: lostWhileDown }, "news was lost: there was no connection");
      lostWhileDown = 0;
    },
  });

  return {
    lost: () => lost,

    publish(news, message) {
      const payload = written(log, news, message);
      if (payload === null) return;
      try {
        nats.connection().publish(news.subject, payload);
      } catch {
        lost += 1;
        lostWhileDown += 1;
      }
    },

    subscribe(news, handle) {
      let pending: Uint8Array[] = [];
      let isOpen = true;
      let isFull = false;

      const drain = () => {
        const batch = pending.slice(0, newsPerTurnMax);
        pending = pending.slice(newsPerTurnMax);
        isFull = false;
        for (const bytes of batch) if (isOpen) hear(log, news, handle, bytes);
        if (pending.length > 0) setImmediate(drain);
      };

      const subscription = nats.subscribe(news.subject, {}, ({ data }) => {
        if (!isOpen) return;
        if (pending.length >= pendingMax) {
          lost += 1;
          if (!isFull) log.warn({ subject: news.subject, pendingMax }, "news is lost: too much of it at once");
          isFull = true;
          return;
        }
        pending.push(data);
        if (pending.length === 1) setImmediate(drain);
      });
      return () => {
        isOpen = false;
        pending = [];
        subscription.close();
      };
    },
  };
}

function written<Message>(log: Log, { subject, message: schema }: News<Message>, message: Message): Uint8Array | null {
  try {
    return toWire(schema.parse(message));
  } catch (error) {
    log.error({ subject, error }, "news does not fit its schema, or cannot be written down");
    return null;
  }
}

function hear<Message>(
  log: Log,
  { subject, message: schema }: News<Message>,
  handle: (message: Message) => void,
  bytes: Uint8Array,
): void {
  let message: Message;
  try {
    message = schema.parse(fromWire(bytes));
  } catch (error) {
    log.error({ subject, error }, "news does not fit its schema");
    return;
  }
  try {
    handle(message);
  } catch (error) {
    log.error({ subject, error }, "a subscriber failed");
  }
}
