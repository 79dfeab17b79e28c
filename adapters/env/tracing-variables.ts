import * as z from "zod";
import type { TracingConfig } from "../tracing/open-tracing.ts";

/** By the names that OpenTelemetry has for them. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .regex(
      /^https?:\/\/[^\s]+$/,
      "must be the http:// URL of a collector that takes OTLP over HTTP, such as http://localhost:4318",
    )
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().transform(headers).optional(),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^\s*(0(\.\d+)?|1(\.0+)?)\s*$/, "must be a number from 0 to 1: the share of traces to record")
    .transform(Number)
    .default(0.1),
  OTEL_SERVICE_NAME: z.string().max(100).optional(),
};

type Variables = { readonly [K in keyof typeof tracingVariables]?: z.output<(typeof tracingVariables)[K]> };

/** null: nobody collects traces. */
export function tracingFrom(vars: Variables): TracingConfig | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = vars;
  if (endpoint === undefined) return null;
  return {
    endpoint,
    headers: vars.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    share: vars.OTEL_TRACES_SAMPLER_ARG ?? 0.1,
    ...(serviceName !== undefined && { serviceName }),
  };
}

/** `name=value,name=value`, values percent-encoded. */
function headers(text: string, issues: z.RefinementCtx): Record<string, string> {
  const out: Record<string, string> = {};
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    const name = part.slice(0, Math.max(0, at)).trim();
    try {
      if (!/^[\w-]+$/.test(name)) throw new Error("no name");
      out[name] = decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      issues.addIssue("must be name=value pairs, separated by commas, their values percent-encoded");
      return z.NEVER;
    }
  }
  return out;
}
