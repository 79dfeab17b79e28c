import { AppError } from "#core/lib/errors.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Llm } from "#core/ports/models.ts";
import type { Metrics } from "#core/protocol/metrics.ts";
import type { Postgres } from "./postgres/postgres.ts";

/** Counts what the database could not do. What it rightly refuses, such as a name that is taken, is no error of its own. */
export function measuredPostgres(postgres: Postgres, metrics: Metrics): Postgres {
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const what = faultOf(error);
      if (what !== null) metrics.count("db_errors_total", { what });
      throw error;
    }
  };
  return {
    ...postgres,
    run: (work) => counted(postgres.run(work)),
    statement: (name, text, values) => counted(postgres.statement(name, text, values)),
    session: (work) => counted(postgres.session(work)),
  };
}

function faultOf(error: unknown): "unavailable" | "timeout" | "other" | null {
  if (!(error instanceof AppError)) return "other";
  if (error.code === "UNAVAILABLE") return "unavailable";
  return error.code === "TIMEOUT" ? "timeout" : null;
}

export function measuredClients<C extends Clients>(clients: C, metrics: Metrics): C {
  let waiting = 0;
  const told = (change: number) => metrics.set("posts_waiting", {}, (waiting += change));
  const post: Clients["post"] = async (id, frame) => {
    told(1);
    let outcome: "posted" | "gone" | "slow" | "failed" = "failed";
    try {
      return (outcome = await clients.post(id, frame));
    } finally {
      told(-1);
      metrics.count("posts_total", { outcome });
    }
  };
  return { ...clients, post };
}

/** What no gateway was there to count: how one is known to be wanted where none runs. */
export function measuredLlm<L extends Llm>(llm: L, metrics: Metrics): L {
  const ask: Llm["ask"] = async (question, options) => {
    const answer = await llm.ask(question, options);
    if (answer.status === "degraded" && answer.reason === "no-gateway")
      metrics.count("ai_degraded_total", { reason: answer.reason });
    return answer;
  };
  return { ...llm, ask };
}
