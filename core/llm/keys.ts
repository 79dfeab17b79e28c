import type { LlmRequest } from "../protocol/llm.ts";

/**
 * Two requests of one key ask exactly the same: they may share an answer. Who asks, when and how urgently is no part of it. It is the whole
 * question and no digest: what players write is in it, and nobody may find another question of the same key.
 */
export function questionKey(request: LlmRequest, model: string): string {
  const { kind, prompt, mode, outputTokensMax, schema, messages } = request;
  return JSON.stringify([
    kind,
    prompt ?? null,
    model,
    mode,
    outputTokensMax,
    schema ?? null,
    messages.map(({ role, content }) => [role, content]),
  ]);
}
