import type { GatewayStatus } from "#core/protocol/llm-status.ts";
import type { DegradedReason, LlmKind } from "#core/protocol/llm.ts";

type Counter = keyof GatewayStatus["counts"];

/** What the percentiles are taken of. */
const waitsMax = 512;
const rateWindowMs = 10_000;

/** What a gateway counts. */
export type Meters = ReturnType<typeof meters>;

export function meters(startMs: number) {
  const counts: Record<Counter, number> = {
    answered: 0,
    rejected: 0,
    cacheHits: 0,
    joined: 0,
    retried: 0,
    repaired: 0,
    takenOver: 0,
  };
  const degraded: Partial<Record<DegradedReason, number>> = {};
  const answeredByKind: Partial<Record<LlmKind, number>> = {};
  const waitsMs: number[] = [];
  const [tokens, answers] = [rate(startMs), rate(startMs)];
  let waits = 0;

  return {
    count: (counter: Counter) => void (counts[counter] += 1),
    answered(kind: LlmKind, outputTokens: number, nowMs: number) {
      counts.answered += 1;
      answeredByKind[kind] = (answeredByKind[kind] ?? 0) + 1;
      tokens.add(outputTokens, nowMs);
      answers.add(1, nowMs);
    },
    degraded: (reason: DegradedReason) => void (degraded[reason] = (degraded[reason] ?? 0) + 1),
    /** From when it was received to when a host was given it. */
    waited: (ms: number) => void (waitsMs[waits++ % waitsMax] = ms),
    view(nowMs: number) {
      const sorted = waitsMs.toSorted((a, b) => a - b);
      const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
      return {
        counts: { ...counts },
        degraded: { ...degraded },
        answeredByKind: { ...answeredByKind },
        waitP50Ms: at(0.5),
        waitP95Ms: at(0.95),
        tokensPerSecond: Math.round(tokens.perSecond(nowMs) * 10) / 10,
        answersPerSecond: Math.round(answers.perSecond(nowMs) * 10) / 10,
      };
    },
  };
}

/** Per second, over about the last ten seconds. */
function rate(startMs: number) {
  let weight = 0;
  let atMs = startMs;
  const decay = (nowMs: number) => {
    weight *= Math.exp(-Math.max(0, nowMs - atMs) / rateWindowMs);
    atMs = Math.max(atMs, nowMs);
  };
  return {
    add(amount: number, nowMs: number) {
      decay(nowMs);
      weight += amount;
    },
    perSecond(nowMs: number): number {
      decay(nowMs);
      return (weight * 1000) / rateWindowMs;
    },
  };
}
