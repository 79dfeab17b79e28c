import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/system.ts";
import { aiStatus, aiStatusAsked, type GatewayStatus } from "../protocol/llm-status.ts";

/** Gateways answer at once; longer than this nobody takes to. */
const listenMs = 1_000;

/** How every gateway that runs says it is, by name. */
export async function hearGateways({
  bus,
  clock,
}: {
  readonly bus: Bus;
  readonly clock: Clock;
}): Promise<GatewayStatus[]> {
  const heard = new Map<string, GatewayStatus>();
  const stop = bus.subscribe(aiStatus, (status) => heard.set(status.name, status));
  bus.publish(aiStatusAsked, {});
  await clock.sleep(listenMs);
  stop();
  return [...heard.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
