import type { Setup } from "#tests/support/database.ts";
import { accountsContract } from "./accounts.ts";
import { auditContract } from "./audit.ts";
import { charactersContract } from "./characters.ts";
import { characterLogContract } from "./character-log.ts";
import { eventFeedContract } from "./event-feed.ts";
import { interviewsContract } from "./interviews.ts";
import { leasesContract } from "./leases.ts";
import { lettersContract } from "./letters.ts";
import { mailTokensContract } from "./mail-tokens.ts";
import { oversightContract } from "./oversight.ts";
import { personalDataContract } from "./personal-data.ts";
import { placementsContract } from "./placements.ts";
import { planetsContract } from "./planets.ts";
import { projectionsContract } from "./projections.ts";
import { sessionsContract } from "./sessions.ts";
import { weatherStatesContract } from "./weather-states.ts";
import { worldLogContract } from "./world-log.ts";
import { worldsContract } from "./worlds.ts";

/** Every port that a database stands behind. One file for all of them, because starting a database costs more than their tests. */
export function storageContract(name: string, setup: Setup): void {
  accountsContract(name, setup);
  auditContract(name, setup);
  oversightContract(name, setup);
  lettersContract(name, setup);
  mailTokensContract(name, setup);
  personalDataContract(name, setup);
  sessionsContract(name, setup);
  charactersContract(name, setup);
  characterLogContract(name, setup);
  worldsContract(name, setup);
  interviewsContract(name, setup);
  weatherStatesContract(name, setup);
  planetsContract(name, setup);
  placementsContract(name, setup);
  worldLogContract(name, setup);
  leasesContract(name, setup);
  eventFeedContract(name, setup);
  projectionsContract(name, setup);
}
