import type { Clock, Entropy, Interviews, Limit, Limits, Llm, Log, WorldNames, Worlds } from "../ports.ts";
import type { WorldVerbs } from "../world/service.ts";

export type InterviewPolicy = {
  readonly messagesPerUser: Limit;
  readonly startsPerUser: Limit;
  readonly worldsPerUser: Limit;
};

/** What interviews stand on. */
export type InterviewContext = {
  readonly interviews: Interviews;
  readonly worldNames: WorldNames;
  readonly worlds: Pick<Worlds, "get">;
  readonly worldVerbs: Pick<WorldVerbs, "create">;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** null: the statue has only its own words. */
  readonly llm: Llm | null;
  readonly interviewPolicy: InterviewPolicy;
};
