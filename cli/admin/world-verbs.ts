import type { StoredPorts } from "#adapters/ports-over.ts";
import { AppError } from "#core/lib/errors.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { Clock } from "#core/ports/system.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { worldAct } from "#core/protocol/world-subjects.ts";
import { actOffline } from "#core/world/act-offline.ts";
import { inlineWorlds, remoteWorlds, type WorldVerbs } from "#core/world/service.ts";

type Ports = Pick<StoredPorts, "worlds" | "planets" | "worldLog" | "leases" | "bus"> & { readonly clock: Clock };

/** Through the workers where they can be asked; else with what nobody runs, in their place. */
export function worldVerbsOf(ports: Ports, { isOnline }: { isOnline: boolean }): WorldVerbs {
  return isOnline ? remoteWorlds(ports.bus) : inlineWorlds({ ...ports, bus: nobodyElse(ports) });
}

const prefix = worldAct("" as WorldId).subject;

/** A bus on which this process is the owner of every world. */
function nobodyElse(ports: Ports): Bus {
  return {
    ...ports.bus,
    async request(rpc, input) {
      if (!rpc.subject.startsWith(prefix)) throw new AppError("UNAVAILABLE", "Nobody is there to answer.");
      const worldId = rpc.subject.slice(prefix.length) as WorldId;
      return rpc.output.parse(await actOffline(ports, worldId, (input as { input: WorldInput }).input));
    },
  };
}
