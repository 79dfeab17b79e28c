// Ports: what the outside must offer. Each promise below, and in the files beside, is tested for the twin and for the real thing in tests/contract/<port>.ts.

export type Clock = {
  /** Wall clock, milliseconds since 1970. May jump. */
  nowMs(): number;
  /** Never goes back, has no meaning between processes. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export type Entropy = {
  uuid(): string;
  /** Uniform in 0 … 2³² − 1. */
  uint32(): number;
};

/** One JSON line per fact. Never secrets, tokens, prompts, private messages or e-mail addresses. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
