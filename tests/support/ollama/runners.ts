/** The models of the stand-in: what is in memory, what loads, and who waits for a slot. As Ollama does it, that queue has no bound. */
export type RunnerOptions = {
  readonly models: Readonly<Record<string, { readonly loadMs?: number }>>;
  /** OLLAMA_NUM_PARALLEL */
  readonly slotsPerModel: number;
  /** OLLAMA_MAX_LOADED_MODELS */
  readonly loadedMax: number;
  /** OLLAMA_MAX_QUEUE. It bounds those that wait for a load, and nobody else. */
  readonly queueMax: number;
};

type Runner = {
  readonly optionsKey: string;
  readonly ready: Promise<void>;
  readonly expiresAt: Date;
  running: number;
  readonly waiting: (() => void)[];
};

export type Slot = { readonly loadMs: number; release(): void };

export class ServerBusy extends Error {}

export function runners({ models, slotsPerModel, loadedMax, queueMax }: RunnerOptions) {
  const loaded = new Map<string, Runner>();
  let waitingForLoad = 0;
  let loads = 0;
  const idle: (() => void)[] = [];
  const counts = { runningMax: 0 };

  const evictFor = async (model: string): Promise<void> => {
    while (loaded.size >= loadedMax && !loaded.has(model)) {
      const victim = [...loaded].find(([, runner]) => runner.running === 0 && runner.waiting.length === 0);
      if (victim !== undefined) loaded.delete(victim[0]);
      else await new Promise<void>((resolve) => idle.push(resolve));
    }
  };
  const load = async (model: string, optionsKey: string): Promise<Runner> => {
    if (waitingForLoad >= queueMax) throw new ServerBusy();
    waitingForLoad += 1;
    try {
      const before = loaded.get(model);
      // Other runner options mean another runner: the model is loaded again.
      if (before !== undefined && before.optionsKey !== optionsKey) loaded.delete(model);
      await evictFor(model);
      const already = loaded.get(model);
      if (already !== undefined) return already;
      loads += 1;
      const loadMs = models[model]?.loadMs ?? 0;
      const ready = new Promise<void>((resolve) => (loadMs > 0 ? setTimeout(resolve, loadMs) : resolve()));
      const runner: Runner = { optionsKey, ready, expiresAt: new Date(Date.now() + 300_000), running: 0, waiting: [] };
      loaded.set(model, runner);
      await ready;
      return runner;
    } finally {
      waitingForLoad -= 1;
    }
  };

  return {
    loaded: () => [...loaded].map(([name, { expiresAt }]) => ({ name, expiresAt })),
    loads: () => loads,
    runningMax: () => counts.runningMax,
    unloadAll: () => loaded.clear(),
    waiting: () => [...loaded.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
    /** Waits for the model and for a slot of it, for as long as it takes. */
    async acquire(model: string, runnerOptions: object, signal: AbortSignal): Promise<Slot | null> {
      const startedMs = performance.now();
      const key = JSON.stringify(runnerOptions);
      const known = loaded.get(model);
      const runner = known?.optionsKey === key ? known : await load(model, key);
      await runner.ready;
      const loadMs = performance.now() - startedMs;
      if (runner.running >= slotsPerModel && !signal.aborted)
        await new Promise<void>((resolve) => {
          runner.waiting.push(resolve);
          signal.addEventListener("abort", () => {
            const at = runner.waiting.indexOf(resolve);
            if (at >= 0) runner.waiting.splice(at, 1);
            resolve();
          });
        });
      if (signal.aborted) return null;
      runner.running += 1;
      counts.runningMax = Math.max(counts.runningMax, runner.running);
      return {
        loadMs,
        release() {
          runner.running -= 1;
          const next = runner.waiting.shift();
          if (next !== undefined) next();
          else for (const wake of idle.splice(0)) wake();
        },
      };
    },
  };
}
