import type { Log } from "#core/ports/system.ts";
import type { Tracing } from "#core/ports/tracing.ts";

export type TracingConfig = {
  /** The collector's base URL for OTLP over HTTP; traces go to `/v1/traces` below it. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the traces that begin here, 0 … 1. One that began elsewhere is recorded if it was there. */
  readonly share: number;
  readonly serviceName?: string;
};

export type OpenTracing = Tracing & AsyncDisposable;

/** null where nobody collects: then nothing of OpenTelemetry is even loaded. */
export async function openTracing(
  config: TracingConfig | null,
  given: { readonly role: string; readonly name?: string; readonly log: Log },
): Promise<OpenTracing | null> {
  if (config === null) return null;
  const { openTelemetry } = await import("./open-telemetry.ts");
  return openTelemetry(config, given);
}
