import { memoryInterviews } from "#adapters/memory/interviews.ts";
import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { memoryWorldNames } from "#adapters/memory/world-names.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { type ManualClock, manualClock } from "#adapters/memory/clock.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import type { Principal } from "#core/account/model.ts";
import type { InterviewContext } from "#core/interview/context.ts";
import type { InterviewId } from "#core/interview/model.ts";
import { inlineInterviews } from "#core/interview/service.ts";
import type { Llm, LlmAnswer, Question } from "#core/ports/models.ts";
import { createWorld } from "#core/world/create-world.ts";
import { configFromEnv } from "#functions/config.ts";
import { silentLog } from "./database.ts";
import { madeAtOnce } from "./made-at-once.ts";
import { sessionId, startMs, userId } from "./records.ts";

export const ann: Principal = { userId: userId(1), sessionId: sessionId(1), username: "Ann", role: "user" };
export const ben: Principal = { userId: userId(2), sessionId: sessionId(2), username: "Ben", role: "user" };

/** A model that answers each question as it is told to; what it was asked is in `asked`. */
export function standInLlm(
  answer: (question: Question, clock: ManualClock) => Promise<LlmAnswer> | LlmAnswer,
  clock: ManualClock,
) {
  const asked: Question[] = [];
  const llm: Llm = {
    async ask(question) {
      asked.push(question);
      return answer(question, clock);
    },
  };
  return { llm, asked };
}

export const answered = (json: unknown): LlmAnswer => ({
  status: "answered",
  text: JSON.stringify(json),
  json,
  model: "stand-in",
  tokens: { prompt: 1, output: 1 },
  isCached: false,
});
export const degraded: LlmAnswer = { status: "degraded", reason: "no-host" };

type Options = {
  readonly llm?: (question: Question, clock: ManualClock) => Promise<LlmAnswer> | LlmAnswer;
  readonly env?: Record<string, string>;
};

/** Interviews over memory: worlds are made by the real verb, and whatever a test puts in its place. */
export function interviewRig({ llm: answer, env = {} }: Options = {}) {
  const clock = manualClock(startMs);
  const tables = memoryTables();
  const worlds = madeAtOnce(memoryWorlds(tables), memoryPlanets(tables));
  const standIn = answer === undefined ? null : standInLlm(answer, clock);
  const ctx: InterviewContext = {
    interviews: memoryInterviews(tables),
    worldNames: memoryWorldNames(tables),
    worlds,
    accounts: memoryAccounts(tables),
    connections: memoryConnections(),
    inputs: memoryInputStreams({ clock, log: silentLog }),
    worldVerbs: { create: (input) => createWorld({ worlds, clock }, input) },
    limits: memoryLimits(),
    clock,
    entropy: seededEntropy(),
    log: silentLog,
    llm: standIn?.llm ?? null,
    interviewPolicy: configFromEnv({
      INTERVIEW_MESSAGES_PER_USER_PER_MINUTE: "100000",
      WORLDS_PER_USER_PER_HOUR: "100",
      ...env,
    }).interviewPolicy,
  };
  /** With some of it replaced. */
  const verbsOver = (changes: Partial<InterviewContext> = {}) => inlineInterviews({ ...ctx, ...changes });

  return {
    ctx,
    clock,
    tables,
    worldLog: memoryWorldLog(tables),
    asked: standIn?.asked ?? [],
    verbsOver,
    verbs: verbsOver(),
    /** Says all of it, one after the other; answers with the last view. */
    async converse(id: InterviewId, says: readonly string[], { as = ann, verbs = verbsOver() } = {}) {
      let view = await verbs.active({ principal: as });
      for (const text of says) view = await verbs.tell({ principal: as, interviewId: id, text });
      return view;
    },
  };
}

export const wholeStory: readonly string[] = [
  "A cold and mysterious world of islands",
  "Elves and dwarves",
  "80 % water, icy, two moons",
  "No magic, steam engines",
  "They quarrel about coal",
  "ancient",
  "name",
];
