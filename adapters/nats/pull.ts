import type { Msg } from "nats.ws";
import type { Nats } from "./connect.ts";
import { toWire } from "./wire.ts";

/** Messages asked for at once. */
const batchMax = 256;
const expiresMs = 5_000;
/** So long after a pull should have ended it is taken for lost. */
const graceMs = 2_000;
const afterRefusalMs = 250;
const nanosPerMs = 1e6;

/** Asks a consumer for messages until it is closed: one pull after the other, each until it is full or has expired. */
export function pullFrom(nats: Nats, subject: string, take: (message: Msg) => void): { close(): Promise<void> } {
  const inbox = nats.newInbox();
  const request = toWire({ batch: batchMax, expires: expiresMs * nanosPerMs });
  let [pulls, left, isClosed] = [0, 0, false];
  let timer: NodeJS.Timeout | undefined;

  const pull = () => {
    clearTimeout(timer);
    if (isClosed) return;
    pulls += 1;
    left = batchMax;
    timer = setTimeout(pull, expiresMs + graceMs);
    try {
      nats.connection().publish(subject, request, { reply: `${inbox}.${pulls}` });
    } catch {
      // There is no connection, or a full one: the next one begins with a pull, and the timer does so, too.
    }
  };
  const hear = (message: Msg) => {
    const code = message.headers?.code ?? 0;
    if (code < 400 || message.data.length > 0) {
      // It has the subject that it was stored under, which does not say of which pull it is.
      left -= 1;
      if (left === 0) pull();
      return take(message);
    }
    if (isClosed || !message.subject.endsWith(`.${pulls}`)) return;
    clearTimeout(timer);
    // 408: it has expired, as it should. Anything else may go on for a while.
    if (code === 408) pull();
    else timer = setTimeout(pull, afterRefusalMs);
  };
  const subscription = nats.subscribe(`${inbox}.*`, {}, hear);
  const unwatch = nats.watch({ up: pull });
  return {
    /** The server forgets the pull with the subscription; what it had sent before is still taken. */
    async close() {
      isClosed = true;
      clearTimeout(timer);
      unwatch();
      await subscription.drain();
    },
  };
}
