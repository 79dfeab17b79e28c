export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";

export type SpanOptions = {
  readonly kind?: SpanKind;
  /** Ids and counts, bounded in size. Never what somebody wrote, and no addresses. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /**
   * What it is part of, as a W3C `traceparent`; null: of nothing. Left out: of what is under way here. What is part of nothing is not recorded,
   * unless it is a root.
   */
  readonly parent?: string | null;
  /** A trace may begin here. How many do is the sampler's affair. */
  readonly isRoot?: boolean;
  /** Other traces that it has to do with. */
  readonly links?: readonly string[];
};

/** Something that goes on until it is ended; once. */
export type OpenSpan = {
  readonly traceparent: string;
  /** With what went wrong, if anything did. Ended again it stays as it was. */
  end(failure?: unknown): void;
};

/**
 * Tells what belongs together, over the borders of processes. Costs next to nothing, never fails, and never waits for whoever collects it: what
 * cannot be told is lost.
 */
export type Tracing = {
  /** Runs `work` as a span; what it begins, and what that begins, is part of it. Rejects as `work` does. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>;
  /** For what does not end where it began; null where nothing is recorded. */
  open(name: string, options: SpanOptions): OpenSpan | null;
  /** Tries to hand over what was recorded, for so long: before a process is frozen. Never rejects. */
  flush(msMax: number): Promise<void>;
};
