/** Every way in which the backend says that it cannot serve. Each transport maps this union once, at its edge. */
export const errorCodes = [
  "INVALID_INPUT",
  "UNAUTHORIZED",
  "SESSION_EXPIRED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "CHARACTER_EXISTS",
  "WORLD_NAME_TAKEN",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "RATE_LIMITED",
  "RESUME_EXPIRED",
  "INTERNAL",
  "UNAVAILABLE",
  "TIMEOUT",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetail = { readonly path: string; readonly message: string };

type Options = {
  readonly cause?: unknown;
  readonly details?: readonly ErrorDetail[];
  /** Seconds after which trying again makes sense; becomes Retry-After. */
  readonly retryAfterS?: number;
};

/** "Cannot serve." The message is safe to show to the caller; the cause is for the log only. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, message: string, options: Options = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfterS = options.retryAfterS;
  }
}
