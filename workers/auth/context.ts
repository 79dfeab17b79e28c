import type { AuthContext } from "#core/account/service.ts";
import type { Log } from "#core/ports/system.ts";

/** Everything that answers `auth.*` stands on. */
export type AuthWorkerContext = AuthContext & { readonly log: Log };
