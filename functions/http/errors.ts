import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, type ErrorCode } from "#core/lib/errors.ts";
import type { ErrorBody } from "#core/protocol/error-body.ts";
import type { Log } from "#core/ports/system.ts";
import type { HttpEnv } from "./env.ts";

export const statusOf: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  INVALID_INPUT: 400,
  UNAUTHORIZED: 401,
  SESSION_EXPIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  CHARACTER_EXISTS: 409,
  WORLD_NAME_TAKEN: 409,
  RESUME_EXPIRED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** The one place where failures become answers. What is not an `AppError` is our bug: logged here, and told to nobody. */
export function errorResponse(c: Context<HttpEnv>, error: unknown, log: Log): Response {
  const failure = error instanceof AppError ? error : new AppError("INTERNAL", "Something went wrong on our side.");
  const status = statusOf[failure.code];
  const requestId = c.get("requestId");
  if (status >= 500) log.error({ requestId, code: failure.code, error }, "request failed");

  if (failure.retryAfterS !== undefined) c.header("Retry-After", String(Math.ceil(failure.retryAfterS)));
  const { code, message, details } = failure;
  const body: ErrorBody = {
    error: { code, message, ...(details !== undefined && { details: [...details] }), request_id: requestId },
  };
  return c.json(body, status);
}
