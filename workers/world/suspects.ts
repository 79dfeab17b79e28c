import { AppError } from "#core/lib/errors.ts";
import type { InputId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { Reject } from "#core/world/decide/life.ts";
import { identityOf } from "#core/world/input-id.ts";

/** An input by which the world has failed so often when it was alone in its turn is set aside. */
export const inputFaultsMax = 3;
export const reasonLengthMax = 500;

/** An error that is no refusal of a port is our own bug, and the world's state or one of its inputs brings it out. */
export function isFault(error: unknown): boolean {
  return !(error instanceof AppError);
}

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, reasonLengthMax);
}

/**
 * What a world has failed by, kept while one owner opens it again and again. After a turn of several inputs has failed nobody knows by which;
 * from then on, until all of those are through, each has a turn of its own.
 */
export class Suspects {
  readonly #faults = new Map<InputId, { count: number; reason: string }>();

  /** The inputs of one turn, in as many turns as are needed. */
  split(deliveries: readonly Delivery[]): (readonly Delivery[])[] {
    const isCareful = deliveries.some(({ input }) => this.#faults.has(identityOf(input.id)));
    return isCareful ? deliveries.map((delivery) => [delivery]) : [deliveries];
  }

  /** What is to be set aside instead of applied; null: not this one. */
  rejectionOf({ input }: Delivery): Reject | null {
    const { count, reason } = this.#faults.get(identityOf(input.id)) ?? { count: 0, reason: "" };
    return count < inputFaultsMax ? null : { type: "reject", id: input.id, input, reason };
  }

  failed(deliveries: readonly Delivery[], error: unknown): void {
    if (!isFault(error)) return;
    const reason = reasonOf(error);
    for (const { input } of deliveries) {
      const id = identityOf(input.id);
      const before = this.#faults.get(id)?.count ?? 0;
      this.#faults.set(id, { count: before + (deliveries.length === 1 ? 1 : 0), reason });
    }
  }

  passed(deliveries: readonly Delivery[]): void {
    if (this.#faults.size === 0) return;
    for (const { input } of deliveries) this.#faults.delete(identityOf(input.id));
  }
}
