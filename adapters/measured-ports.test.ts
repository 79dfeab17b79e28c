import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Llm, LlmAnswer, Question } from "#core/ports/models.ts";
import { measuredClients, measuredLlm, measuredPostgres } from "./measured-ports.ts";
import { recordedMetrics } from "./memory/metrics.ts";
import type { Postgres } from "./postgres/postgres.ts";

const id = "c1" as ConnectionId;

test("what the database could not do is counted by why, and what it rightly refuses is not", async () => {
  const metrics = recordedMetrics();
  const failing = (error: Error) =>
    measuredPostgres(
      {
        run: () => Promise.reject(error),
        statement: () => Promise.reject(error),
        session: () => Promise.reject(error),
      } as unknown as Postgres,
      metrics,
    );
  const errors = [
    new AppError("UNAVAILABLE", "away"),
    new AppError("TIMEOUT", "slow"),
    new AppError("CONFLICT", "taken"),
    new Error("syntax"),
  ];
  for (const error of errors) {
    const postgres = failing(error);
    await expect(postgres.run(async () => 1)).rejects.toBe(error);
    await expect(postgres.statement("x", "select", [])).rejects.toBe(error);
    await expect(postgres.session(async () => 1)).rejects.toBe(error);
  }
  const counted = ["unavailable", "timeout", "other"].map((what) => metrics.valueOf("db_errors_total", { what }));
  expect(counted).toEqual([3, 3, 3]);
});

test("frames are counted by what came of them, and while they are on their way", async () => {
  const metrics = recordedMetrics();
  const answers = Array.from({ length: 3 }, () => Promise.withResolvers<"posted" | "gone">());
  let posted = 0;
  const plain: Clients = { post: () => answers[posted++]!.promise, close: async () => {} };
  const clients = measuredClients(plain, metrics);
  const posts = answers.map(() => clients.post(id, "frame").catch(() => "failed"));
  expect(metrics.valueOf("posts_waiting")).toBe(3);
  answers[0]!.resolve("posted");
  answers[1]!.resolve("gone");
  answers[2]!.reject(new AppError("UNAVAILABLE", "away"));
  expect(await Promise.all(posts)).toEqual(["posted", "gone", "failed"]);
  expect(metrics.valueOf("posts_waiting")).toBe(0);
  expect(["posted", "gone", "slow", "failed"].map((outcome) => metrics.valueOf("posts_total", { outcome }))).toEqual([
    1, 1, 0, 1,
  ]);
});

test("a question that no gateway was there for is counted by who asked; what a gateway counts is not counted twice", async () => {
  const metrics = recordedMetrics();
  const answers: LlmAnswer[] = [
    { status: "degraded", reason: "no-gateway" },
    { status: "degraded", reason: "over-budget" },
  ];
  const plain: Llm = { ask: async () => answers.shift()! };
  const llm = measuredLlm(plain, metrics);
  const question: Question = { kind: "npc", userId: "ann", messages: [], outputTokensMax: 1 };
  expect([await llm.ask(question), await llm.ask(question)].map(({ status }) => status)).toEqual([
    "degraded",
    "degraded",
  ]);
  expect(metrics.valueOf("ai_degraded_total", { reason: "no-gateway" })).toBe(1);
  expect(metrics.valueOf("ai_degraded_total", { reason: "over-budget" })).toBe(0);
});
