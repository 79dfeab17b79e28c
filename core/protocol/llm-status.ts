import * as z from "zod";
import { degradedReasons, llmKinds } from "./llm.ts";
import type { News, Rpc } from "./subjects.ts";

/** What operators may change while gateways run. The highest revision wins, and whoever starts later learns it from the others. */
export const gatewaySettings = z.object({
  revision: z.int().min(0),
  hosts: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        url: z.url({ protocol: /^https?$/u }),
        /** Requests at once for each model: the host's OLLAMA_NUM_PARALLEL. */
        slotsPerModel: z.int().min(1).max(256),
        /** Models in memory at once: the host's OLLAMA_MAX_LOADED_MODELS. */
        loadedMax: z.int().min(1).max(64),
        /** Ends what it has, and takes nothing new. */
        isDraining: z.boolean(),
      }),
    )
    .max(64),
  limits: z.object({
    waitingMax: z.int().min(1).max(100_000),
    waitingPerUserMax: z.int().min(1).max(100_000),
    /** Tokens of one user, of prompts and answers together. */
    tokensPerUserBurst: z.int().min(1),
    tokensPerUserPerMinute: z.int().min(1),
  }),
});
export type GatewaySettings = z.infer<typeof gatewaySettings>;

export const hostStates = ["open", "probation", "closed", "draining", "unseen"] as const;

export const hostStatus = z.object({
  id: z.string(),
  state: z.enum(hostStates),
  running: z.int(),
  slots: z.int(),
  models: z.array(z.string()),
  loaded: z.array(z.string()),
});

const counts = z.object({
  answered: z.int(),
  rejected: z.int(),
  cacheHits: z.int(),
  joined: z.int(),
  retried: z.int(),
  repaired: z.int(),
  takenOver: z.int(),
});

/** Of one gateway, every two seconds. Counters are since its start. */
export const gatewayStatus = z.object({
  name: z.string(),
  waiting: z.int(),
  running: z.int(),
  slots: z.int(),
  /** Waiting work per slot: scale by this. 1 means that as much waits as runs when all slots are busy. */
  pressure: z.number(),
  waitP50Ms: z.number(),
  waitP95Ms: z.number(),
  tokensPerSecond: z.number(),
  answersPerSecond: z.number(),
  counts,
  degraded: z.partialRecord(z.enum(degradedReasons), z.int()),
  answeredByKind: z.partialRecord(z.enum(llmKinds), z.int()),
  hosts: z.array(hostStatus),
  settings: gatewaySettings,
});
export type GatewayStatus = z.infer<typeof gatewayStatus>;

export const statusEveryMs = 2_000;
/** A gateway that has said nothing for so long is not there. */
export const gatewayGoneMs = 3 * statusEveryMs;

export const aiStatus: News<GatewayStatus> = { subject: "ai.status", message: gatewayStatus };
/** Every gateway says how it is, at once. */
export const aiStatusAsked: News<object> = { subject: "ai.status-asked", message: z.object({}) };
export const aiSettings: News<GatewaySettings> = { subject: "ai.settings", message: gatewaySettings };
/** A gateway stops: the others need not wait until they miss it. */
export const aiLeft: News<{ name: string }> = { subject: "ai.left", message: z.object({ name: z.string() }) };

const load = z.object({ hostsOpen: z.int() });
/** Answered by any gateway; nobody answers where there is none. */
export const aiLoad: Rpc<object, z.infer<typeof load>> = { subject: "ai.load", input: z.object({}), output: load };
