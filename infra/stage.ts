/** What an operator decides once for a stage. Read from the environment of `sst`; see docs/operations.md. */
export type Settings = {
  readonly region: string;
  /** Where players come to: `worlds.example.org`. The zone must be in Route 53, and NATS gets `nats.` before it. */
  readonly domain: string;
  /** Whose Postgres and Redis: Neon's and Upstash's, or RDS and Valkey in this account. */
  readonly data: "serverless" | "own";
  /** Ollama hosts of one's own, as `OLLAMA_HOSTS` names them; empty for none. */
  readonly ollamaHosts: string;
  /** GPU instances to run Ollama on, beside those. */
  readonly gpuHosts: number;
  /** Who hears of alarms and of the budget. */
  readonly alarmEmail: string;
  readonly budgetUsd: number;
  readonly sizes: Sizes;
};

export type Count = { readonly min: number; readonly max: number };

/** How much of everything a stage has. */
export type Sizes = {
  readonly zones: number;
  readonly world: Count;
  readonly auth: Count;
  readonly player: Count;
  readonly aiGateway: Count;
  readonly socketConcurrency: number;
  readonly httpConcurrency: number;
  readonly logRetention: "1 week" | "1 month" | "3 months";
  readonly isRetained: boolean;
};

const personal: Sizes = {
  zones: 2,
  world: { min: 1, max: 1 },
  auth: { min: 1, max: 1 },
  player: { min: 1, max: 1 },
  aiGateway: { min: 0, max: 1 },
  socketConcurrency: 10,
  httpConcurrency: 10,
  logRetention: "1 week",
  isRetained: false,
};

const staging: Sizes = {
  zones: 2,
  world: { min: 2, max: 4 },
  auth: { min: 2, max: 3 },
  player: { min: 2, max: 3 },
  aiGateway: { min: 0, max: 3 },
  socketConcurrency: 50,
  httpConcurrency: 50,
  logRetention: "1 month",
  isRetained: false,
};

const production: Sizes = {
  zones: 3,
  world: { min: 2, max: 40 },
  auth: { min: 2, max: 10 },
  player: { min: 2, max: 10 },
  aiGateway: { min: 0, max: 20 },
  socketConcurrency: 200,
  httpConcurrency: 200,
  logRetention: "3 months",
  isRetained: true,
};

const sizesByStage: Readonly<Record<string, Sizes>> = { staging, production };

/** Throws an error of one line for the first setting that is wrong or missing. */
export function stageOf(stage: string, env: Readonly<Record<string, string | undefined>>): Settings {
  const data = env["TW_DATA"] ?? "serverless";
  if (data !== "serverless" && data !== "own")
    throw new Error("TW_DATA: must be serverless (Neon and Upstash) or own (RDS and Valkey)");
  const domain = env["TW_DOMAIN"] ?? "";
  if (!/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/u.test(domain))
    throw new Error("TW_DOMAIN: must be the name players come to, such as worlds.example.org");
  const alarmEmail = env["TW_ALARM_EMAIL"] ?? "";
  if (stage === "production" && !alarmEmail.includes("@"))
    throw new Error("TW_ALARM_EMAIL: must be an address in production; alarms and the budget go there");
  return {
    region: env["AWS_REGION"] ?? "eu-central-1",
    domain,
    data,
    ollamaHosts: env["TW_OLLAMA_HOSTS"] ?? "",
    gpuHosts: wholeOf("TW_GPU_HOSTS", env["TW_GPU_HOSTS"] ?? "0", 16),
    alarmEmail,
    budgetUsd: wholeOf("TW_BUDGET_USD", env["TW_BUDGET_USD"] ?? (stage === "production" ? "500" : "100"), 1_000_000),
    sizes: sizesByStage[stage] ?? personal,
  };
}

function wholeOf(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value > max) throw new Error(`${name}: must be a whole number up to ${max}`);
  return value;
}
