import type { Msg } from "nats.ws";
import { systemClock } from "../system-clock.ts";
import type { Nats } from "./connect.ts";
import { type DeliveryInfo, deliveryInfo, heartbeatCount } from "./delivery.ts";

/** How often the server says that it is there, when it has nothing to deliver. */
export const heartbeatMs = 2_000;
/** So much silence means that the consumer is lost. */
const silenceMsMax = 3 * heartbeatMs;

/** Hears a consumer of the server until something may have been lost; then `lost` is called, once, and nothing more is taken. */
export function listen(
  nats: Nats,
  inbox: string,
  handlers: {
    readonly take: (info: DeliveryInfo, message: Msg) => void;
    readonly lost: () => void;
  },
): Disposable {
  let received = 0;
  let lastHeardMs = systemClock.monotonicMs();
  let isOpen = true;

  const close = () => {
    isOpen = false;
    clearInterval(silence);
    unwatch();
    if (!subscription.isClosed()) subscription.unsubscribe();
  };
  const lose = (reason: string) => {
    if (!isOpen) return;
    close();
    nats.log.debug({ inbox, reason }, "a consumer is not to be trusted any more");
    handlers.lost();
  };
  const subscription = nats.connection().subscribe(inbox, {
    callback: (error, message) => {
      if (!isOpen) return;
      if (error !== null) return lose(error.message);
      lastHeardMs = systemClock.monotonicMs();
      const sent = heartbeatCount(message);
      const info = deliveryInfo(message.reply ?? "");
      if (sent !== null && sent !== received) lose("a gap before a heartbeat");
      if (sent !== null || info === null) return;
      if (info.count !== received + 1) return lose("a gap");
      received = info.count;
      handlers.take(info, message);
    },
  });
  const silence = setInterval(() => {
    if (systemClock.monotonicMs() - lastHeardMs > silenceMsMax) lose("silence");
  }, heartbeatMs);
  const unwatch = nats.watch({ down: () => lose("no connection") });
  return { [Symbol.dispose]: () => isOpen && close() };
}
