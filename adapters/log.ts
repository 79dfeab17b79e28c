import { type DestinationStream, pino } from "pino";
import type { Log } from "#core/ports/system.ts";
import { traceFields } from "./tracing/current.ts";

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** JSON lines, to stdout unless told otherwise, with the ids of the span they are written in. An error goes under the key `error`. */
export function pinoLog(options: { level: LogLevel; fd?: 1 | 2; destination?: DestinationStream }): Log {
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: traceFields,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describe },
    },
    options.destination ?? pino.destination({ fd: options.fd ?? 1, sync: true }),
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

const causesMax = 5;

/**
 * Only fields that are known to be free of what users gave us. Postgres' `detail` quotes the row that was in the way, and the messages of
 * drizzle end with every parameter of the statement: e-mail addresses and password hashes among them.
 */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { name: typeof error, message: withoutParameters(String(error)) };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    message: withoutParameters(error.message),
    ...(typeof code === "string" && { code }),
    ...(error.stack !== undefined && { stack: withoutParameters(error.stack) }),
    ...(error.cause !== undefined && depth < causesMax && { cause: describe(error.cause, depth + 1) }),
  };
}

function withoutParameters(text: string): string {
  return text.replace(/\nparams: [^]*?(?=\n {4}at |$)/, "\nparams: not logged");
}
