import * as z from "zod";
import { AppError, type ErrorDetail, errorCodes } from "../lib/errors.ts";

/** A hostile request can be wrong in a hundred thousand places, under names as long as itself: not all of that is sent back. */
export const rpcDetailsMax = 20;
export const rpcDetailLengthMax = 1000;

/** How an `AppError` crosses from a server to the one who asked: everything but its cause, which is for the server's log only. */
export const rpcFailure = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  retryAfterS: z.number().optional(),
});
export type RpcFailure = z.infer<typeof rpcFailure>;

/** Anything that is not an `AppError` says nothing of the inside. */
export function toRpcFailure(error: unknown): RpcFailure {
  if (!(error instanceof AppError)) return { code: "INTERNAL", message: "Something went wrong here." };
  const { code, message, details, retryAfterS } = error;
  return {
    code,
    message,
    ...(details === undefined ? {} : { details: details.slice(0, rpcDetailsMax).map(cut) }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  };
}

function cut({ path, message }: ErrorDetail): ErrorDetail {
  return { path: path.slice(0, rpcDetailLengthMax), message: message.slice(0, rpcDetailLengthMax) };
}

export function fromRpcFailure({ code, message, details, retryAfterS }: RpcFailure): AppError {
  return new AppError(code, message, {
    ...(details === undefined ? {} : { details }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  });
}
