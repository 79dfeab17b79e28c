import type { Clock, Log } from "#core/ports/system.ts";

type Ctx = { readonly clock: Clock; readonly log: Log };

/** What is not done by then goes on unseen: the process is about to end, and whoever asked has given up. */
export const drainTimeoutMs = 12_000;

/** Ends when everything that is served has stopped, once what was under way is done. Ending twice is ending once. */
export function served(ctx: Ctx, service: string, stops: readonly (() => Promise<void>)[]): AsyncDisposable {
  let ended: Promise<void> | null = null;
  ctx.log.info({ service }, "serving");
  return { [Symbol.asyncDispose]: () => (ended ??= drain(ctx, service, stops)) };
}

async function drain({ clock, log }: Ctx, service: string, stops: readonly (() => Promise<void>)[]): Promise<void> {
  const drained = new AbortController();
  const all = Promise.all(stops.map((stop) => stop())).then(() => true);
  const late = clock.sleep(drainTimeoutMs, drained.signal).then(() => false);
  try {
    if (await Promise.race([all, late])) log.info({ service }, "stopped serving");
    else log.warn({ service, drainTimeoutMs }, "stopped serving with requests under way");
  } finally {
    drained.abort();
  }
}
