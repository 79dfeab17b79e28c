import { ErrorCode, NatsError } from "nats.ws";
import { AppError } from "#core/lib/errors.ts";

/** Whatever goes wrong with the message server, as an AppError; anything else is our bug and stays what it is. */
export function toAppError(error: unknown, subject: string): unknown {
  if (!(error instanceof NatsError)) return error;
  switch (error.code as ErrorCode) {
    case ErrorCode.Timeout:
      return tooLate(subject);
    case ErrorCode.MaxPayloadExceeded:
      return new AppError("PAYLOAD_TOO_LARGE", "This is more than a message may carry.", { cause: error });
    case ErrorCode.NoResponders:
      return new AppError("UNAVAILABLE", `Nobody answers ${subject}.`, { retryAfterS: 1, cause: error });
    default:
      return new AppError("UNAVAILABLE", "The message server cannot serve this just now.", {
        retryAfterS: 1,
        cause: error,
      });
  }
}

export function tooLate(subject: string): AppError {
  return new AppError("TIMEOUT", `No answer from ${subject} in time.`);
}
