import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import type { OpenSpan, SpanOptions, Tracing } from "#core/ports/tracing.ts";
import { currentTrace, traceIds, withoutTrace, withTrace } from "./current.ts";
import type { OpenTracing, TracingConfig } from "./open-tracing.ts";

/** Spans that wait to be exported. One more is lost. */
export const spansWaitingMax = 2_048;
const spansPerExportMax = 512;
const exportEveryMs = 1_000;
const exportMsMax = 2_000;
const shutdownMsMax = 2_000;

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** OpenTelemetry's tracer, exporting in batches. Which span is under way is ours to know (current.ts), not the SDK's. */
export function openTelemetry(
  { endpoint, headers, share, serviceName }: TracingConfig,
  { role, name, log }: { readonly role: string; readonly name?: string; readonly log: Log },
): OpenTracing {
  const url = `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  const sender = new OTLPTraceExporter({
    url,
    headers: { ...headers },
    timeoutMillis: exportMsMax,
    concurrencyLimit: 2,
  });
  const processor = new BatchSpanProcessor({
    exporter: tellingOfFailure(sender, log),
    maxQueueSize: spansWaitingMax,
    maxExportBatchSize: spansPerExportMax,
    scheduledDelayMillis: exportEveryMs,
    exportTimeoutMillis: exportMsMax,
  });
  const provider = new TracerProvider({
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    resource: resourceFromAttributes({
      "service.name": serviceName ?? `thousand-worlds-${role}`,
      "service.namespace": "thousand-worlds",
      ...(name !== undefined && { "service.instance.id": name }),
    }),
    spanProcessors: [processor],
    spanLimits: { attributeValueLengthLimit: 256, attributeCountLimit: 32, linkCountLimit: 256 },
  });
  const tracer = provider.getTracer("thousand-worlds");

  const open = (spanName: string, options: SpanOptions): OpenSpan | null => {
    const { kind = "internal", attributes = {}, parent = currentTrace() ?? null, isRoot = false, links = [] } = options;
    const context = contextOf(parent);
    // Of a trace that is not recorded nothing is made, not even to be thrown away.
    if (context === "unsampled" || (context === null && !isRoot)) return null;
    const linked = links.flatMap((each) => spanContextOf(each) ?? []).map((each) => ({ context: each }));
    // The batch's timer is nobody's child.
    const span = withoutTrace(() =>
      tracer.startSpan(
        spanName,
        { kind: kinds[kind], attributes: { ...attributes }, links: linked },
        context ?? ROOT_CONTEXT,
      ),
    );
    return opened(span);
  };
  const span: Tracing["span"] = (spanName, options, work) => {
    const own = open(spanName, options);
    if (own !== null) return within(own, work);
    return options.parent === null ? withoutTrace(work) : withTrace(options.parent, work);
  };
  return {
    span,
    open,
    flush: (msMax) => atMost(msMax, provider.forceFlush()),
    [Symbol.asyncDispose]: () => atMost(shutdownMsMax, provider.shutdown()),
  };
}

async function within<T>(own: OpenSpan, work: () => Promise<T>): Promise<T> {
  try {
    const result = await withTrace(own.traceparent, work);
    own.end();
    return result;
  } catch (error) {
    own.end(error);
    throw error;
  }
}

function opened(span: Span): OpenSpan {
  const { traceId, spanId, traceFlags } = span.spanContext();
  let isEnded = false;
  return {
    traceparent: `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED) === 0 ? "00" : "01"}`,
    end(failure) {
      if (isEnded) return;
      isEnded = true;
      if (failure !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("error.type", kindOf(failure));
      withoutTrace(() => span.end());
    },
  };
}

/** Never the message: a driver's may hold what somebody wrote. */
function kindOf(failure: unknown): string {
  if (failure instanceof AppError) return failure.code;
  return failure instanceof Error ? failure.name : typeof failure;
}

function contextOf(parent: string | null): Context | "unsampled" | null {
  const from = parent === null ? null : spanContextOf(parent);
  if (from === null) return null;
  return from.traceFlags === TraceFlags.SAMPLED ? trace.setSpanContext(ROOT_CONTEXT, from) : "unsampled";
}

function spanContextOf(traceparent: string) {
  const ids = traceIds(traceparent);
  if (ids === null) return null;
  const { traceId, spanId, isSampled } = ids;
  return { traceId, spanId, isRemote: true, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE };
}

/** Says once that traces are lost, and once that they arrive again. */
function tellingOfFailure(exporter: SpanExporter, log: Log): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const hasFailed = (result.code as number) !== 0;
        if (hasFailed && !isFailing)
          log.warn({ error: result.error, spans: spans.length }, "traces are lost: the collector does not take them");
        if (!hasFailed && isFailing) log.info({}, "traces are collected again");
        isFailing = hasFailed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

async function atMost(msMax: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, msMax)));
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
