import type { HostSpec } from "./model.ts";

type Use = { running: number; isLoaded: boolean; loadedAtMs: number; lastUsedMs: number };

/** What the scheduler knows of one host. */
export type HostState = {
  spec: HostSpec;
  running: number;
  readonly uses: Map<string, Use>;
  /** The model it takes next: until then it takes nothing else, so that it can let go of what it has. */
  awaits: string | null;
};

export type Choice = { readonly host: HostState; readonly kind: "warm" | "room" | "swap"; readonly victim?: string };

export function newHost(spec: HostSpec): HostState {
  return { spec, running: 0, uses: new Map(), awaits: null };
}

export function useOf(host: HostState, model: string): Use {
  let use = host.uses.get(model);
  if (use === undefined) {
    use = { running: 0, isLoaded: false, loadedAtMs: 0, lastUsedMs: 0 };
    host.uses.set(model, use);
  }
  return use;
}

export const canServe = ({ spec }: HostState, model: string): boolean => spec.runningMax > 0 && spec.models.has(model);

const hasPlace = (host: HostState, model: string): boolean =>
  host.running < host.spec.runningMax && (host.awaits === null || host.awaits === model);

/** The least loaded of those that have the model in memory and a slot for it; one where the job has failed only as a last resort. */
export function warmHost(hosts: Iterable<HostState>, model: string, avoidHostId: string | undefined): HostState | null {
  let best: HostState | null = null;
  let bestLoad = Infinity;
  for (const host of hosts) {
    const use = host.uses.get(model);
    if (use?.isLoaded !== true || !canServe(host, model) || !hasPlace(host, model)) continue;
    if (use.running >= host.spec.slotsPerModel) continue;
    const load =
      use.running / host.spec.slotsPerModel + host.running * 0.001 + (host.spec.id === avoidHostId ? 100 : 0);
    if (load < bestLoad) [best, bestLoad] = [host, load];
  }
  return best;
}

export function isWarmSomewhere(hosts: Iterable<HostState>, model: string): boolean {
  for (const host of hosts) if (canServe(host, model) && host.uses.get(model)?.isLoaded === true) return true;
  return false;
}

const loadedCount = ({ uses }: HostState): number => {
  let count = 0;
  for (const { isLoaded } of uses.values()) if (isLoaded) count += 1;
  return count;
};

/** The least loaded of those that have room for one more model. */
export function roomyHost(
  hosts: Iterable<HostState>,
  model: string,
  avoidHostId: string | undefined,
): HostState | null {
  let best: HostState | null = null;
  let bestLoad = Infinity;
  for (const host of hosts) {
    if (!canServe(host, model) || !hasPlace(host, model) || host.uses.get(model)?.isLoaded === true) continue;
    if (loadedCount(host) >= host.spec.loadedMax) continue;
    const load = host.running + (host.spec.id === avoidHostId ? 1_000 : 0);
    if (load < bestLoad) [best, bestLoad] = [host, load];
  }
  return best;
}

/** Hosts that would have to let go of a model, those that are least busy first. */
export function fullHosts(hosts: Iterable<HostState>, model: string): HostState[] {
  return [...hosts]
    .filter(
      (host) =>
        canServe(host, model) && host.uses.get(model)?.isLoaded !== true && loadedCount(host) >= host.spec.loadedMax,
    )
    .toSorted((a, b) => a.running - b.running);
}

/** The loaded model that was used least lately, among those that nothing runs on; null where all are busy. */
export function idleVictim({ uses }: HostState): string | null {
  let victim: string | null = null;
  let lastUsedMs = Infinity;
  for (const [model, use] of uses) {
    if (use.isLoaded && use.running === 0 && use.lastUsedMs < lastUsedMs)
      [victim, lastUsedMs] = [model, use.lastUsedMs];
  }
  return victim;
}
