import * as z from "zod";
import type { GatewaySettings } from "#core/protocol/llm-status.ts";
import { type LlmKind, llmKinds } from "#core/protocol/llm.ts";
import { commaList, ConfigError, whole } from "./parse.ts";

const modelName = /^[\w./:-]{1,128}$/u;

/** The variables of whoever runs models: a gateway on its own, or the one process. */
export const aiVariables = {
  OLLAMA_HOSTS: commaList.default([]),
  AI_MODEL: z.string().trim().regex(modelName, "must be the name of a model, such as llama3.2").default("llama3.2"),
  AI_MODELS: commaList.default([]),
  AI_MODEL_OPTIONS: z.string().default("{}"),
  AI_WAITING_MAX: whole(1, 100_000).default(2_000),
  AI_WAITING_PER_USER_MAX: whole(1, 100_000).default(200),
  AI_TOKENS_PER_USER_BURST: whole(100, 100_000_000).default(60_000),
  AI_TOKENS_PER_USER_PER_MINUTE: whole(1, 100_000_000).default(20_000),
};

type Variables = { readonly [K in keyof typeof aiVariables]: z.output<(typeof aiVariables)[K]> };

export type AiConfig = {
  readonly settings: GatewaySettings;
  readonly models: { readonly fallback: string; readonly byKind: Readonly<Partial<Record<LlmKind, string>>> };
  /** By model, the same in every request. */
  readonly modelOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** Throws a `ConfigError` for what makes no sense. */
export function aiFrom(vars: Variables): AiConfig {
  return {
    settings: {
      revision: 0,
      hosts: hostsFrom(vars.OLLAMA_HOSTS),
      limits: {
        waitingMax: vars.AI_WAITING_MAX,
        waitingPerUserMax: vars.AI_WAITING_PER_USER_MAX,
        tokensPerUserBurst: vars.AI_TOKENS_PER_USER_BURST,
        tokensPerUserPerMinute: vars.AI_TOKENS_PER_USER_PER_MINUTE,
      },
    },
    models: { fallback: vars.AI_MODEL, byKind: modelsFrom(vars.AI_MODELS) },
    modelOptions: optionsFrom(vars.AI_MODEL_OPTIONS),
  };
}

const hostMessage =
  "OLLAMA_HOSTS: must be URLs between commas, each http://host:port with, if need be, ?parallel=4&loaded=1&name=gpu-1";

/** `http://host:port?parallel=4&loaded=1&name=gpu-1`: its OLLAMA_NUM_PARALLEL and OLLAMA_MAX_LOADED_MODELS, and what it is called. */
export function hostsFrom(list: readonly string[]): GatewaySettings["hosts"] {
  const hosts = list.map((text) => {
    const url = URL.parse(text);
    if (url === null || !["http:", "https:"].includes(url.protocol)) throw new ConfigError(hostMessage);
    const count = (name: string, max: number): number => {
      const value = url.searchParams.get(name) ?? "1";
      if (!/^\d{1,3}$/u.test(value) || Number(value) < 1 || Number(value) > max) throw new ConfigError(hostMessage);
      return Number(value);
    };
    const id = url.searchParams.get("name") ?? url.host;
    if (!/^[\w.:-]{1,64}$/u.test(id)) throw new ConfigError(hostMessage);
    const [slotsPerModel, loadedMax] = [count("parallel", 256), count("loaded", 64)];
    url.search = "";
    return { id, url: url.href.replace(/\/$/u, ""), slotsPerModel, loadedMax, isDraining: false };
  });
  const twice = hosts.find(({ id }, n) => hosts.findIndex((other) => other.id === id) !== n);
  if (twice !== undefined) throw new ConfigError(`OLLAMA_HOSTS: ${twice.id} is there twice; give each a ?name=`);
  return hosts;
}

function modelsFrom(list: readonly string[]): AiConfig["models"]["byKind"] {
  return Object.fromEntries(
    list.map((text) => {
      const [kind = "", model = ""] = text.split("=");
      if (!(llmKinds as readonly string[]).includes(kind) || !modelName.test(model))
        throw new ConfigError(`AI_MODELS: must be <kind>=<model> between commas; kinds are ${llmKinds.join(", ")}`);
      return [kind, model];
    }),
  );
}

const options = z.record(z.string(), z.record(z.string(), z.unknown()));

function optionsFrom(text: string): AiConfig["modelOptions"] {
  try {
    return options.parse(JSON.parse(text));
  } catch {
    throw new ConfigError('AI_MODEL_OPTIONS: must be JSON such as {"llama3.2":{"num_ctx":8192}}');
  }
}
