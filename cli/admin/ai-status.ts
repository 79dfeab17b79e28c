import type { Command } from "./command.ts";
import { hearGateways } from "#core/llm/hear-gateways.ts";
import { noGateways } from "./no-gateways.ts";
import { table } from "./table.ts";

export const aiStatusCommand: Command = {
  name: "ai status",
  usage: "",
  about:
    "The AI gateways that run: what waits, how long, what hosts they see. Scale by pressure, the waiting work per slot.",
  positionals: 0,
  async run(ctx) {
    const all = await hearGateways(ctx);
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
      all.length === 0
        ? noGateways
        : `${table(gateways, noGateways)}\n\n${table(hosts, "They have no host: set OLLAMA_HOSTS.")}`;
    return { json: all, text };
  },
};
