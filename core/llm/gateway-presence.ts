import { AppError } from "../lib/errors.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/system.ts";
import { aiLeft, aiLoad, aiStatus, gatewayGoneMs, type GatewayStatus } from "../protocol/llm-status.ts";

export type Presence = "open" | "no-gateway" | "no-host";

const askMsMax = 1_000;

/** Whether there is a gateway with a host, without asking: from what gateways say of themselves. */
export function gatewayPresence({ bus, clock }: { readonly bus: Bus; readonly clock: Clock }) {
  const heard = new Map<string, { readonly atMs: number; readonly isOpen: boolean }>();
  let asking: Promise<Presence> | null = null;

  const hear = ({ name, hosts }: GatewayStatus) =>
    heard.set(name, {
      atMs: clock.monotonicMs(),
      isOpen: hosts.some(({ state }) => state === "open" || state === "probation"),
    });
  const stops = [bus.subscribe(aiStatus, hear), bus.subscribe(aiLeft, ({ name }) => heard.delete(name))];

  const ask = async (): Promise<Presence> => {
    try {
      const { hostsOpen } = await bus.request(aiLoad, {}, { timeoutMs: askMsMax });
      return hostsOpen > 0 ? "open" : "no-host";
    } catch (error) {
      // Somebody was to answer, and has died or is busy. Another may take the question, and its deadline holds.
      if (error instanceof AppError && error.code === "TIMEOUT") return "open";
      if (error instanceof AppError) return "no-gateway";
      throw error;
    } finally {
      asking = null;
    }
  };

  return {
    /** null where nothing was heard of late. */
    known(): Presence | null {
      const nowMs = clock.monotonicMs();
      let best: Presence | null = null;
      for (const [name, { atMs, isOpen }] of heard) {
        if (nowMs - atMs > gatewayGoneMs) heard.delete(name);
        else if (isOpen) return "open";
        else best = "no-host";
      }
      return best;
    },
    /** Many who ask at once share one answer. */
    ask: (): Promise<Presence> => (asking ??= ask()),
    [Symbol.dispose]: () => stops.forEach((stop) => stop()),
  };
}
