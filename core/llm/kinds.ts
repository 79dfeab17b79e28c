import type { LlmKind, Priority } from "../protocol/llm.ts";

export type KindPolicy = {
  readonly priority: Priority;
  /** How long somebody waits for it at most, queue included. */
  readonly waitMsMax: number;
  /** The same question has the same answer for so long; 0: never. */
  readonly cacheMs: number;
  /** Spoken within a world: an answer that speaks as an assistant is none. */
  readonly isInWorld: boolean;
};

export const kindPolicies: Readonly<Record<LlmKind, KindPolicy>> = {
  description: { priority: "normal", waitMsMax: 20_000, cacheMs: 15 * 60_000, isInWorld: true },
  npc: { priority: "high", waitMsMax: 15_000, cacheMs: 0, isInWorld: true },
  narration: { priority: "low", waitMsMax: 60_000, cacheMs: 0, isInWorld: true },
  interview: { priority: "critical", waitMsMax: 20_000, cacheMs: 0, isInWorld: true },
  world: { priority: "normal", waitMsMax: 120_000, cacheMs: 0, isInWorld: false },
};
