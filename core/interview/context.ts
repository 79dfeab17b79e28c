import type { Interviews } from "../ports/interviews.ts";
import type { Limit, Limits } from "../ports/limits.ts";
import type { Llm } from "../ports/models.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import type { WorldNames, Worlds } from "../ports/worlds.ts";
import type { SpeakContext } from "./speak.ts";
import type { WorldVerbs } from "../world/service.ts";

export type InterviewPolicy = {
  readonly messagesPerUser: Limit;
  readonly startsPerUser: Limit;
  readonly worldsPerUser: Limit;
  /** That one player owns at once. */
  readonly worldsMax: number;
  /** How the climates of planets are made: in seconds, or settled by their own weather in a minute or more (core/sim/settled-planet.ts). */
  readonly planetClimate: "provisional" | "settled";
};

/** What interviews stand on. */
export type InterviewContext = SpeakContext & {
  readonly interviews: Interviews;
  readonly worldNames: WorldNames;
  readonly worlds: Pick<Worlds, "get" | "newestOf" | "follow">;
  readonly worldVerbs: Pick<WorldVerbs, "create">;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** null: the statue has only its own words. */
  readonly llm: Llm | null;
  readonly interviewPolicy: InterviewPolicy;
};
