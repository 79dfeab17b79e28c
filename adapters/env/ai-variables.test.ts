import { expect, test } from "vitest";
import * as z from "zod";
import { aiFrom, aiVariables } from "./ai-variables.ts";
import { parseEnv } from "./parse.ts";

const read = (env: Record<string, string>) => aiFrom(parseEnv(z.object(aiVariables), env));

test("without anything there is no host, and callers go on without a model", () => {
  expect(read({})).toEqual({
    settings: {
      revision: 0,
      hosts: [],
      limits: { waitingMax: 2000, waitingPerUserMax: 200, tokensPerUserBurst: 60_000, tokensPerUserPerMinute: 20_000 },
    },
    models: { fallback: "llama3.2", byKind: {} },
    modelOptions: {},
  });
});

test("hosts have names, slots and room for models; models may differ by kind, and have options", () => {
  const config = read({
    OLLAMA_HOSTS: "http://10.0.0.5:11434?parallel=4&loaded=2&name=gpu-1, https://models.example/ollama",
    AI_MODELS: "description=qwen3:8b,npc=llama3.1:8b-instruct-q4_K_M",
    AI_MODEL_OPTIONS: '{"qwen3:8b":{"num_ctx":8192}}',
  });
  expect(config.settings.hosts).toEqual([
    { id: "gpu-1", url: "http://10.0.0.5:11434", slotsPerModel: 4, loadedMax: 2, isDraining: false },
    { id: "models.example", url: "https://models.example/ollama", slotsPerModel: 1, loadedMax: 1, isDraining: false },
  ]);
  expect(config.models.byKind).toEqual({ description: "qwen3:8b", npc: "llama3.1:8b-instruct-q4_K_M" });
  expect(config.modelOptions).toEqual({ "qwen3:8b": { num_ctx: 8192 } });
});

test.each([
  ["OLLAMA_HOSTS", "gpu-1:11434"],
  ["OLLAMA_HOSTS", "ftp://gpu-1"],
  ["OLLAMA_HOSTS", "http://gpu-1?parallel=0"],
  ["OLLAMA_HOSTS", "http://gpu-1?name=a b"],
  ["OLLAMA_HOSTS", "http://gpu-1,http://gpu-1"],
  ["AI_MODELS", "poems=llama3.2"],
  ["AI_MODELS", "npc"],
  ["AI_MODEL_OPTIONS", "num_ctx=1"],
  ["AI_MODEL_OPTIONS", '{"llama3.2":4}'],
  ["AI_WAITING_MAX", "0"],
  ["AI_MODEL", "a b"],
])("%s=%s is refused in one line that names it", (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}: [^\\n]+$`, "u"));
});
