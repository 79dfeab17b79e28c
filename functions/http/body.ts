import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type * as z from "zod";
import { AppError, type ErrorDetail } from "#core/lib/errors.ts";
import { singleLine } from "#core/lib/text.ts";
import type { HttpEnv } from "./env.ts";

export const bodyBytesMax = 64 * 1024;
const detailsMax = 20;

/** Reads what there is, whatever the headers claim, and no more than may be. */
export const readBody = createMiddleware<HttpEnv>(async (c, next) => {
  if (Number(c.req.header("content-length") ?? 0) > bodyBytesMax) throw tooLarge();
  const stream = c.req.raw.body;
  c.set("body", stream === null ? new Uint8Array() : await readAtMost(stream, bodyBytesMax));
  await next();
});

async function readAtMost(stream: ReadableStream<Uint8Array>, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** The body as the schema has it; unknown fields are dropped. */
export function jsonBody<T extends z.ZodType>(c: Context<HttpEnv>, schema: T): z.output<T> {
  const bytes = c.get("body");
  if (bytes.length > 0 && !isJson(c.req.header("content-type") ?? ""))
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8.");
  return checked(schema, parseJson(bytes));
}

/** Like `jsonBody`, for what is in the query or the path. */
export function checked<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.slice(0, detailsMax).map(detailOf);
  const words = details.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  throw new AppError("INVALID_INPUT", words.join("; "), { details });
}

/** Paths can hold keys that the caller chose. */
function detailOf(issue: z.core.$ZodIssue): ErrorDetail {
  return {
    path: singleLine(issue.path.map(String).join(".")).slice(0, 100),
    message: singleLine(issue.message).slice(0, 300),
  };
}

function isJson(contentType: string): boolean {
  return /^\s*application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("INVALID_INPUT", "The body is not JSON in UTF-8.");
  }
}

function tooLarge(): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", `A body has at most ${bodyBytesMax} bytes.`);
}
