import type { Bus } from "#core/ports/bus.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { Llm, ModelHost, ModelRequests } from "#core/ports/models.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import type { Postgres } from "../postgres/postgres.ts";

// Each port as it is, with a span around what crosses it. Without tracing none of this is in the way.

export function tracedPostgres(postgres: Postgres, tracing: Tracing): Postgres {
  const options = { kind: "client", attributes: { "db.system.name": "postgresql" } } as const;
  return {
    ...postgres,
    run: (work) => tracing.span("sql", options, () => postgres.run(work)),
    statement: (name, text, values) =>
      tracing.span(name === "" ? "sql" : `sql ${name}`, options, () => postgres.statement(name, text, values)),
  };
}

export function tracedBus(bus: Bus, tracing: Tracing): Bus {
  return {
    ...bus,
    request: (rpc, input, options) =>
      tracing.span(`ask ${verbOf(rpc.subject)}`, { kind: "client" }, () => bus.request(rpc, input, options)),
    serve: (rpc, handle) => {
      const name = `serve ${verbOf(rpc.subject)}`;
      return bus.serve(rpc, (input) => tracing.span(name, { kind: "server" }, () => handle(input)));
    },
  };
}

/** `world.look.<id>` is `world.look`: there are as many names as verbs. */
function verbOf(subject: string): string {
  return subject.split(".").slice(0, 2).join(".");
}

export function tracedInputs(inputs: InputStreams, tracing: Tracing): InputStreams {
  return {
    append: (worldId, input) => {
      const attributes = { "world.id": worldId, "input.type": input.type };
      return tracing.span("append input", { kind: "producer", attributes }, () => inputs.append(worldId, input));
    },
    waiting: () => inputs.waiting(),
    consume: (worldId, deliver) =>
      inputs.consume(worldId, (delivery) => {
        const parent = delivery.trace ?? null;
        const attributes = { "world.id": worldId, "input.type": delivery.input.type };
        // From when the world has it to when what it caused is committed.
        const span = tracing.open("world input", { kind: "consumer", parent, attributes });
        if (span === null) return deliver(delivery);
        const ack = () => {
          span.end();
          delivery.ack();
        };
        deliver({ ...delivery, trace: span.traceparent, ack });
      }),
  };
}

export function tracedClients<C extends Clients>(clients: C, tracing: Tracing): C {
  const post: Clients["post"] = (id, frame) =>
    tracing.span("post frame", { kind: "client", attributes: { "frame.bytes": frame.length } }, () =>
      clients.post(id, frame),
    );
  return { ...clients, post };
}

export function tracedLlm<L extends Llm>(llm: L, tracing: Tracing): L {
  const ask: Llm["ask"] = (question, options) =>
    tracing.span("ask model", { kind: "client", isRoot: true, attributes: { "ai.kind": question.kind } }, () =>
      llm.ask(question, options),
    );
  return { ...llm, ask };
}

export function tracedModelRequests(requests: ModelRequests, tracing: Tracing): ModelRequests {
  return {
    ...requests,
    add: (request) =>
      tracing.span("add model request", { kind: "producer", attributes: { "ai.kind": request.kind } }, () =>
        requests.add(request),
      ),
    take: (handlers) =>
      requests.take({
        ...handlers,
        deliver: (delivery) => {
          const attributes = { "ai.kind": delivery.request.kind, "ai.attempt": delivery.attempt };
          const parent = delivery.trace ?? null;
          const span = tracing.open("model request", { kind: "consumer", parent, attributes });
          if (span !== null) followDelivery(delivery, span);
          handlers.deliver(delivery);
        },
      }),
  };
}

/** In place: who lost it is told with the very delivery that he was given. */
function followDelivery(
  delivery: { trace?: string; done(): void; giveBack(): void },
  span: { readonly traceparent: string; end(failure?: unknown): void },
): void {
  const { done, giveBack } = delivery;
  Object.assign(delivery, {
    trace: span.traceparent,
    done() {
      span.end();
      done();
    },
    giveBack() {
      span.end();
      giveBack();
    },
  });
}

export function tracedHost(host: ModelHost, tracing: Tracing): ModelHost {
  return {
    look: (signal) => host.look(signal),
    run: (call, options) =>
      tracing.span("ollama chat", { kind: "client", attributes: { "gen_ai.request.model": call.model } }, () =>
        host.run(call, options),
      ),
  };
}
