import type { InputId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { Turn } from "#core/world/advance.ts";
import { begunAs, identityOf } from "#core/world/input-id.ts";

/** All but what is for another world: that is forgotten here once it is there. Answers with what says so. */
export function acknowledge(deliveries: readonly Delivery[], turn: Turn): (id: InputId) => void {
  const name = (id: InputId): InputId => identityOf(begunAs(id));
  const later = [
    ...turn.absent.map(({ id }) => name(id)),
    ...turn.switches.map(({ inputId }) => name(inputId)),
    ...turn.statue.map(({ inputId }) => name(inputId)),
    ...turn.births.map(({ inputId }) => name(inputId)),
    ...turn.settle.map(({ messageId }) => name(messageId)),
  ];
  const toHandOver = new Map([...Map.groupBy(later, (id) => id)].map(([id, all]) => [id, all.length]));
  const waiting = Map.groupBy(deliveries, ({ input }) => name(input.id));
  for (const [id, same] of waiting) if (!toHandOver.has(id)) for (const delivery of same) delivery.ack();
  return (id) => {
    const left = (toHandOver.get(name(id)) ?? 1) - 1;
    toHandOver.set(name(id), left);
    if (left > 0) return;
    for (const delivery of waiting.get(name(id)) ?? []) delivery.ack();
  };
}
