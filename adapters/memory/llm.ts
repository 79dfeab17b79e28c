import type { Llm } from "#core/ports/models.ts";

/** Where there is no model, and nobody who could know of one. */
export const noLlm: Llm = { ask: async () => ({ status: "degraded", reason: "no-gateway" }) };
