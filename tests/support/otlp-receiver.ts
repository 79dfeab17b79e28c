import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedSpan = {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly hasFailed: boolean;
  readonly startMs: number;
  readonly endMs: number;
};

type Behaviour = "takes" | "refuses" | "hangs";

/** A collector as far as OTLP over HTTP with JSON goes: keeps the spans that it is sent. */
export type OtlpReceiver = AsyncDisposable & {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  requests(): number;
  behave(as: Behaviour): void;
};

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  let behaviour: Behaviour = "takes";
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (behaviour === "hangs") return;
      if (behaviour === "refuses" || request.url !== "/v1/traces") {
        response.writeHead(behaviour === "refuses" ? 400 : 404).end();
        return;
      }
      spans.push(...spansIn(JSON.parse(Buffer.concat(chunks).toString()) as Export));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests: () => requests,
    behave: (as) => void (behaviour = as),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

type Value = { stringValue?: string; intValue?: number | string; boolValue?: boolean; doubleValue?: number };
type KeyValue = { key: string; value: Value };
type Export = {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: {
      spans: {
        name: string;
        kind: number;
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        attributes: KeyValue[];
        links?: { traceId: string; spanId: string }[];
        status?: { code?: number };
        startTimeUnixNano: string;
        endTimeUnixNano: string;
      }[];
    }[];
  }[];
};

function spansIn({ resourceSpans }: Export): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        service: String(record(resource.attributes)["service.name"]),
        name: span.name,
        kind: span.kind,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? "",
        attributes: record(span.attributes),
        links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId, spanId })),
        hasFailed: span.status?.code === 2,
        startMs: Number(span.startTimeUnixNano) / 1e6,
        endMs: Number(span.endTimeUnixNano) / 1e6,
      })),
    ),
  );
}

const record = (attributes: readonly KeyValue[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

export type SpanTree = { readonly span: ReceivedSpan; readonly children: readonly SpanTree[] };

/** The trees of one trace, children in the order in which they began. */
export function treesOf(spans: readonly ReceivedSpan[], traceId: string): SpanTree[] {
  const own = spans.filter((span) => span.traceId === traceId).toSorted((a, b) => a.startMs - b.startMs);
  const grown = (span: ReceivedSpan): SpanTree => ({
    span,
    children: own.filter(({ parentSpanId }) => parentSpanId === span.spanId).map(grown),
  });
  return own.filter(({ parentSpanId }) => !own.some(({ spanId }) => spanId === parentSpanId)).map(grown);
}

/** One line for each span, indented by its depth: `service: name`. */
export function drawn(trees: readonly SpanTree[], depth = 0): string[] {
  return trees.flatMap(({ span, children }) => [
    `${"  ".repeat(depth)}${span.service.replace("thousand-worlds-", "")}: ${span.name}`,
    ...drawn(children, depth + 1),
  ]);
}
