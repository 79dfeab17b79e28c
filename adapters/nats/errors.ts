import { ErrorCode, NatsError } from "nats.ws";
import { AppError } from "#core/lib/errors.ts";

/** Whatever goes wrong with the message server, as an AppError whose words say nothing of the inside; anything else is our bug and stays what it is. */
export function toAppError(error: unknown, subject: string): unknown {
  if (!(error instanceof NatsError)) return error;
  switch (error.code as ErrorCode) {
    case ErrorCode.Timeout:
      return tooLate(subject);
    case ErrorCode.MaxPayloadExceeded:
      return new AppError("PAYLOAD_TOO_LARGE", "This is more than a message may carry.", { cause: error });
    case ErrorCode.NoResponders:
      return new AppError("UNAVAILABLE", "This cannot be answered just now. Try again.", {
        retryAfterS: 1,
        cause: new Error(`nobody answers ${subject}`, { cause: error }),
      });
    default:
      return new AppError("UNAVAILABLE", "The message server cannot serve this just now.", {
        retryAfterS: 1,
        cause: error,
      });
  }
}

export function tooLate(subject: string): AppError {
  const cause = new Error(`no answer from ${subject} in time`);
  return new AppError("TIMEOUT", "This took too long. Try again.", { cause });
}
