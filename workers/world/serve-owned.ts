import type { CharacterId, WorldId } from "#core/lib/ids.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import { worldAir } from "#core/protocol/world-weather.ts";
import { worldAct } from "#core/protocol/world-subjects.ts";
import type { WorldContext } from "./context.ts";
import type { Runner } from "./runner.ts";

/** A world that runs here, and answers for itself. */
export type Owned = { readonly runner: Pick<Runner, "ended" | "stop">; readonly stopServing: () => Promise<void> };

export function serveOwned({ bus }: Pick<WorldContext, "bus">, id: WorldId, runner: Runner): Owned {
  const stops = [
    bus.serve(worldLook(id), async ({ characterId }) => ({ text: await runner.look(characterId as CharacterId) })),
    bus.serve(worldAir(id), async () => ({ weather: runner.weather() })),
    bus.serve(worldAct(id), ({ input }) => runner.act(input)),
  ];
  return { runner, stopServing: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

export async function stopOwned({ runner, stopServing }: Owned): Promise<void> {
  await Promise.all([stopServing(), runner.stop()]);
}
