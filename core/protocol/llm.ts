import * as z from "zod";
import type { News, Rpc } from "./subjects.ts";

/** What models are asked for. Each has a policy in core/llm/kinds.ts. */
export const llmKinds = ["description", "npc", "narration", "interview", "world"] as const;
export type LlmKind = (typeof llmKinds)[number];

/** Most urgent first. */
export const priorities = ["critical", "high", "normal", "low"] as const;
export type Priority = (typeof priorities)[number];

export const messagesMax = 64;
export const messageCharsMax = 16_384;
/** Of all messages together: what a request may carry through the queue. */
export const promptCharsMax = 65_536;
export const outputTokensMax = 8_192;
const schemaCharsMax = 16_384;

const id = z.string().regex(/^[\w-]{1,64}(\.[\w-]{1,64}){0,2}$/, "must fit into a subject");

const chatMessage = z.object({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().max(messageCharsMax),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** What a model is to be asked, as it stands in the queue. */
export const llmRequest = z.object({
  /** `<asker>.<process>.<number>`, so that only those with the asker's rights can hear the answer. */
  id,
  kind: z.enum(llmKinds),
  /** Whose budget and whose turn it is. */
  userId: z.string().min(1).max(64),
  priority: z.enum(priorities),
  /** Wall clock. Nothing starts after it, and nothing is answered after it. */
  deadlineMs: z.number(),
  messages: z
    .array(chatMessage)
    .min(1)
    .max(messagesMax)
    .refine((all) => all.reduce((sum, { content }) => sum + content.length, 0) <= promptCharsMax, "too long a prompt"),
  /** With "generate" the system messages and the rest are joined into one prompt; nobody's turn follows. */
  mode: z.enum(["chat", "generate"]).default("chat"),
  /** A JSON schema that the answer must satisfy. */
  schema: z
    .record(z.string(), z.unknown())
    .refine((schema) => JSON.stringify(schema).length <= schemaCharsMax, "too large a schema")
    .optional(),
  /** Left out: the gateway's model for this kind. */
  model: z.string().min(1).max(128).optional(),
  outputTokensMax: z.int().min(1).max(outputTokensMax),
  /** Whether tokens are to be told as they come. What must satisfy a schema is told whole. */
  isStreamed: z.boolean().default(false),
  /** The version of the prompt, "name@2": part of the key of the cache. */
  prompt: z.string().max(64).optional(),
  /** `<asker>.<process>`, which waits: it answers `ai.waiting.<caller>`. */
  caller: id.optional(),
});
export type LlmRequest = z.infer<typeof llmRequest>;

/** Every way in which a model's answer can fail to be one. */
export const degradedReasons = [
  "no-gateway",
  "no-host",
  "no-model",
  "queue-full",
  "over-budget",
  "expired",
  "timed-out",
  "stalled",
  "truncated",
  "upstream-error",
  "broken-schema",
  "assistant-voice",
  "overlong",
  "empty",
  "cancelled",
  "invalid",
  "gateway-stopped",
] as const;
export type DegradedReason = (typeof degradedReasons)[number];

/** How one call to a host can fail. */
export const modelFailures = [
  "timed-out",
  "stalled",
  "truncated",
  "upstream-error",
  "overlong",
  "no-model",
  "cancelled",
] as const satisfies readonly DegradedReason[];
export type ModelFailure = (typeof modelFailures)[number];

export const tokenCounts = z.object({ prompt: z.int().min(0), output: z.int().min(0) });
export type TokenCounts = z.infer<typeof tokenCounts>;

/** On `ai.response.<id>`: any number of "token", then exactly one "result" or "failure". */
export const llmResponse = z.discriminatedUnion("type", [
  z.object({ type: z.literal("token"), id: z.string(), text: z.string() }),
  z.object({
    type: z.literal("result"),
    id: z.string(),
    text: z.string(),
    /** What `text` says, where a schema was asked for: it satisfies it. */
    json: z.unknown().optional(),
    model: z.string(),
    tokens: tokenCounts,
    isCached: z.boolean(),
  }),
  z.object({
    type: z.literal("failure"),
    id: z.string(),
    reason: z.enum(degradedReasons),
    /** When to try again, where that makes sense. */
    retryAfterMs: z.number().optional(),
  }),
]);
export type LlmResponse = z.infer<typeof llmResponse>;

/** `requestId` may be all of one caller: `<caller>.*`. */
export const aiResponse = (requestId: string): News<LlmResponse> => ({
  subject: `ai.response.${requestId}`,
  message: llmResponse,
});

const cancel = z.object({ id: z.string() });

export const aiCancel = (requestId: string): News<z.infer<typeof cancel>> => ({
  subject: `ai.cancel.${requestId}`,
  message: cancel,
});
export const aiCancelAny: News<z.infer<typeof cancel>> = { subject: "ai.cancel.>", message: cancel };

export const idsAskedMax = 1_000;
const ids = z.object({ ids: z.array(z.string()).max(idsAskedMax) });

/** Answered by the process that waits: which of these somebody still waits for. Nobody answers: nobody waits. */
export const aiWaiting = (caller: string): Rpc<z.infer<typeof ids>, z.infer<typeof ids>> => ({
  subject: `ai.waiting.${caller}`,
  input: ids,
  output: ids,
});
