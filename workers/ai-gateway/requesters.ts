import { idsAskedMax } from "#core/protocol/llm.ts";
import { stillWanted } from "./ask-caller.ts";
import { cancelWaiter } from "./cancel.ts";
import type { Gateway } from "./gateway.ts";
import type { Waiter } from "./jobs.ts";

export const askEveryMs = 2_000;
/** Nobody answers for so many times in a row: the process that asked is gone. Once may be a connection that is made anew. */
const silencesMax = 2;

/** Cancels what nobody waits for any more, and everything of processes that are gone. */
export async function watchRequesters(gateway: Gateway, stopped: AbortSignal): Promise<void> {
  const silences = new Map<string, number>();
  while (!stopped.aborted) {
    await gateway.ctx.clock.sleep(askEveryMs, stopped);
    if (stopped.aborted) return;
    const byCaller = Map.groupBy(gateway.jobs.waiters(), ({ request }) => request.caller ?? "");
    byCaller.delete("");
    for (const caller of silences.keys()) if (!byCaller.has(caller)) silences.delete(caller);
    await Promise.all([...byCaller].map(([caller, waiters]) => askOne(gateway, caller, waiters, silences)));
  }
}

async function askOne(
  gateway: Gateway,
  caller: string,
  waiters: readonly Waiter[],
  silences: Map<string, number>,
): Promise<void> {
  for (let from = 0; from < waiters.length; from += idsAskedMax) {
    const some = waiters.slice(from, from + idsAskedMax);
    const wanted = await stillWanted(
      gateway.ctx,
      caller,
      some.map(({ request }) => request.id),
    );
    const silence = wanted === "nobody" ? (silences.get(caller) ?? 0) + 1 : 0;
    silences.set(caller, silence);
    if (wanted === "unknown" || (wanted === "nobody" && silence < silencesMax)) return;
    for (const waiter of some) if (wanted === "nobody" || !wanted.has(waiter.request.id)) cancelWaiter(gateway, waiter);
  }
}
