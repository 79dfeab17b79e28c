import type { PlayerContext } from "#core/character/service.ts";
import type { Log } from "#core/ports/system.ts";

/** Everything that answers `player.*` stands on. */
export type PlayerWorkerContext = PlayerContext & { readonly log: Log };
