import type * as z from "zod";
import { AppError } from "#core/lib/errors.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Nothing at all is an empty payload. */
export function toWire(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** Throws on what is not JSON. */
export function fromWire(bytes: Uint8Array): unknown {
  return bytes.length === 0 ? undefined : (JSON.parse(decoder.decode(bytes)) as unknown);
}

export function invalidInput(error: z.ZodError): AppError {
  const details = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return new AppError("INVALID_INPUT", "The request does not fit its schema.", { details });
}
