import type { Clock, Log } from "../ports/system.ts";

/** What must answer for a process to be ready: rejects where it does not. By name. */
export type Checks = Readonly<Record<string, () => Promise<void>>>;

export type Readiness = {
  readonly status: "ok" | "unavailable";
  readonly checks: Readonly<Record<string, "ok" | "failed" | "timeout">>;
};

type Ctx = { readonly clock: Clock; readonly log: Log; readonly checks: Checks };

/** A check that takes longer has failed. */
export const checkMsMax = 2_000;
const askAgainMs = 100;
const startMsMax = 3_000;

/** Asks everything that a process stands on, all at once. What is wrong goes to the log, only its name to who asks. */
export async function readiness(ctx: Ctx): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(ctx.checks).map(async ([name, check]) => [name, await outcomeOf(ctx, name, check)] as const),
  );
  const isReady = results.every(([, outcome]) => outcome === "ok");
  return { status: isReady ? "ok" : "unavailable", checks: Object.fromEntries(results) };
}

/** Resolves when everything answers; false where it was told to stop before. That what it needs starts just as it does is nothing to warn of. */
export async function untilReady(ctx: Ctx, stopped: AbortSignal): Promise<boolean> {
  const warnFromMs = ctx.clock.monotonicMs() + startMsMax;
  const quiet = { ...ctx, log: { ...ctx.log, warn: ctx.log.debug } };
  while (!stopped.aborted) {
    const isStarting = ctx.clock.monotonicMs() < warnFromMs;
    if ((await readiness(isStarting ? quiet : ctx)).status === "ok") return !stopped.aborted;
    await ctx.clock.sleep(askAgainMs, stopped);
  }
  return false;
}

async function outcomeOf({ clock, log }: Ctx, name: string, check: () => Promise<void>) {
  const answered = new AbortController();
  const checking = (async () => {
    try {
      await check();
      return "ok" as const;
    } catch (error) {
      log.warn({ check: name, error }, "readiness check failed");
      return "failed" as const;
    } finally {
      answered.abort();
    }
  })();
  return Promise.race([checking, clock.sleep(checkMsMax, answered.signal).then(() => "timeout" as const)]);
}
