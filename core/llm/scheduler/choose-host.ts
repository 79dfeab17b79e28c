import {
  type Choice,
  fullHosts,
  type HostState,
  idleVictim,
  isWarmSomewhere,
  roomyHost,
  useOf,
  warmHost,
} from "./hosts.ts";
import type { Lane } from "./lane.ts";
import type { Job, SchedulerOptions } from "./model.ts";

type Given = {
  readonly hosts: ReadonlyMap<string, HostState>;
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly options: SchedulerOptions;
  readonly nowMs: number;
};

/**
 * Where the next job of a model runs, if anywhere now. Loading a model is the dearest thing there is, so: first a host that has it; then one
 * with room for it, at once where nobody has it, else when waiting has come to cost as much as loading; and only when patience has run out,
 * or nobody wants the other model, one that has to change models. Patience counts from when that model was loaded, so that two models that
 * are both wanted take turns of that length, and it is at most a third of the time that the job has.
 */
export function chooseHost(given: Given, { model, peek, oldest }: Lane): Choice | null {
  const { hosts, options, nowMs } = given;
  const job = peek();
  const first = oldest();
  if (job === undefined || first === undefined) return null;
  const warm = warmHost(hosts.values(), model, job.avoidHostId);
  if (warm !== null) return { host: warm, kind: "warm" };
  const isWarm = isWarmSomewhere(hosts.values(), model);
  const waitedMs = nowMs - first.queuedAtMs;
  if (!isWarm || waitedMs >= options.loadMs) {
    const roomy = roomyHost(hosts.values(), model, job.avoidHostId);
    if (roomy !== null) return { host: roomy, kind: "room" };
  }
  const isPatient = waitedMs < patienceMs(first, options);
  if (isWarm && isPatient) return null;
  return swap(given, model, patienceMs(first, options), isPatient);
}

const patienceMs = ({ deadlineMs, queuedAtMs }: Job, { swapPatienceMs }: SchedulerOptions): number =>
  Math.min(swapPatienceMs, (deadlineMs - queuedAtMs) / 3);

function swap({ hosts, lanes, nowMs }: Given, model: string, patience: number, isPatient: boolean): Choice | null {
  const isWanted = (other: string) => (lanes.get(other)?.waiting ?? 0) > 0;
  let isAwaited = false;
  let willing: HostState | null = null;
  for (const host of fullHosts(hosts.values(), model)) {
    if (host.awaits === model) isAwaited = true;
    if (host.awaits !== null && host.awaits !== model) continue;
    const hadItsTurn = [...host.uses].every(
      ([other, use]) => !use.isLoaded || !isWanted(other) || nowMs - use.loadedAtMs >= patience,
    );
    const victim = idleVictim(host);
    if (victim !== null && host.running < host.spec.runningMax) {
      const mayGo = !isWanted(victim) || (!isPatient && nowMs - useOf(host, victim).loadedAtMs >= patience);
      if (mayGo) return { host, kind: "swap", victim };
    }
    if (willing === null && hadItsTurn) willing = host;
  }
  // Somebody has to stop taking the other models' work, or this one's turn would never come.
  if (!isPatient && !isAwaited && willing !== null) willing.awaits = model;
  return null;
}
