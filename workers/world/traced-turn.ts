import type { Delivery } from "#core/ports/input-streams.ts";
import type { Tracing } from "#core/ports/tracing.ts";

/**
 * A turn takes in what many have sent, and is one piece of work: it is part of the trace of the first of them that is recorded, and linked to the
 * others. Turns by time alone are not traced.
 */
export function tracedTurn(
  tracing: Tracing | undefined,
  deliveries: readonly Delivery[],
  turn: () => Promise<void>,
): Promise<void> {
  if (tracing === undefined) return turn();
  const [parent, ...links] = deliveries.flatMap(({ trace }) => (trace?.endsWith("-01") === true ? [trace] : []));
  if (parent === undefined) return turn();
  return tracing.span("world turn", { parent, links, attributes: { "world.inputs": deliveries.length } }, turn);
}
