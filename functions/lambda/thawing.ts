import type { Clock } from "#core/ports/system.ts";

/** Lambda freezes a function between two events. After so long, servers and whatever is on the way may have given its connections up. */
export const frozenMs = 2_000;

type Given = { readonly clock: Pick<Clock, "nowMs">; readonly renew: () => Promise<void> };

/** Has connections that died meanwhile renewed before the event is handled. By the wall clock: a frozen one does not count. */
export function thawing<Args extends unknown[], Result>(
  handle: (...args: Args) => Result | Promise<Result>,
  { clock, renew }: Given,
): (...args: Args) => Promise<Result> {
  let lastMs = clock.nowMs();
  return async (...args) => {
    if (clock.nowMs() - lastMs > frozenMs) await renew();
    try {
      return await handle(...args);
    } finally {
      lastMs = clock.nowMs();
    }
  };
}
