/** 0 is the most urgent. */
export type PriorityRank = 0 | 1 | 2 | 3;

/** Something to be done by a model, as whoever schedules it sees it. */
export type NewJob = {
  readonly id: string;
  readonly userId: string;
  readonly model: string;
  readonly rank: PriorityRank;
  /** Expected, of prompt and answer together: what fairness counts until the job is settled. */
  readonly tokens: number;
  /** On the scheduler's clock. Nothing starts at or after it. */
  readonly deadlineMs: number;
  /** Where it failed already: another host is preferred. */
  readonly avoidHostId?: string;
};

export type Job = NewJob & {
  readonly queuedAtMs: number;
  readonly sequence: number;
  /** Places in heaps. */
  inFlow: number;
  inDeadlines: number;
  inAges: number;
};

/** A job that has a slot of a host from now on, until it is settled. */
export type Dispatch = { readonly job: Job; readonly hostId: string; readonly isLoading: boolean };

export type HostSpec = {
  readonly id: string;
  readonly models: ReadonlySet<string>;
  /** Requests at once for each model. */
  readonly slotsPerModel: number;
  /** Models in its memory at once. */
  readonly loadedMax: number;
  /** 0 takes nothing new: its breaker is open, or it drains; 1 of one that is on probation. */
  readonly runningMax: number;
};

export type RejectReason = "queue-full" | "no-host" | "no-model";
export type Rejection = { readonly reason: RejectReason; readonly retryAfterMs: number };

export type SchedulerOptions = {
  readonly waitingMax: number;
  readonly waitingPerUserMax: number;
  /** What loading a model is expected to cost. */
  readonly loadMs: number;
  /** A job whose model is not loaded waits so long, while others use what is, before it has a host change models. */
  readonly swapPatienceMs: number;
};

export const schedulerDefaults: SchedulerOptions = {
  waitingMax: 2_000,
  waitingPerUserMax: 1_000,
  loadMs: 5_000,
  swapPatienceMs: 15_000,
};
