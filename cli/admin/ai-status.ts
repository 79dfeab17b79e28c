import { aiStatus, aiStatusAsked, type GatewayStatus } from "#core/protocol/llm-status.ts";
import type { Command } from "./command.ts";
import { table } from "./table.ts";

/** Gateways answer at once; longer than this nobody takes to. */
const listenMs = 1_000;

export const aiStatusCommand: Command = {
  name: "ai status",
  usage: "",
  about:
    "The AI gateways that run: what waits, how long, what hosts they see. Scale by pressure, the waiting work per slot.",
  positionals: 0,
  async run({ bus, clock }) {
    const heard = new Map<string, GatewayStatus>();
    const stop = bus.subscribe(aiStatus, (status) => heard.set(status.name, status));
    bus.publish(aiStatusAsked, {});
    await clock.sleep(listenMs);
    stop();
    const all = [...heard.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const none = "No AI gateway answers. They are heard over NATS_URL.";
    const gateways = all.map(
      ({ counts, degraded, hosts: _, settings: _settings, answeredByKind: _kinds, ...rest }) => ({
        ...rest,
        answered: counts.answered,
        rejected: counts.rejected,
        cacheHits: counts.cacheHits,
        degraded: Object.values(degraded).reduce((sum, count) => sum + count, 0),
      }),
    );
    const hosts = all.flatMap(({ name, hosts: seen }) =>
      seen.map(({ models, loaded, ...host }) => ({
        gateway: name,
        host: host.id,
        state: host.state,
        running: host.running,
        slots: host.slots,
        loaded: loaded.join(" "),
        models: models.length,
      })),
    );
    const text =
      all.length === 0 ? none : `${table(gateways, none)}\n\n${table(hosts, "They have no host: set OLLAMA_HOSTS.")}`;
    return { json: all, text };
  },
};
