import { openWorld } from "#core/world/open-world.ts";
import type { WorldContext } from "./context.ts";
import type { RunTaken } from "./fleet.ts";
import { runWorld } from "./runner.ts";
import { serveOwned } from "./serve-owned.ts";

/** Makes its planet where there is none yet, reads it from its log, and answers for it from then on. */
export function runTaken(ctx: WorldContext): RunTaken {
  return async (found, ownership, care, stopped) => {
    const { id, name } = found;
    const { record, terrain } = await openWorld(ctx, found, stopped);
    const runner = await runWorld(ctx, { id, name, spec: record.spec, terrain }, ownership, care);
    return serveOwned(ctx, id, runner);
  };
}
