import { isDeepStrictEqual } from "node:util";
import { hostsFrom } from "#adapters/env/ai-variables.ts";
import { AppError } from "#core/lib/errors.ts";
import { aiSettings, gatewaySettings, type GatewaySettings, type GatewayStatus } from "#core/protocol/llm-status.ts";
import { exitCodes, UsageError } from "../run.ts";
import { type Answer, type Command, numberOf, type Values } from "./command.ts";
import { hearGateways } from "#core/llm/hear-gateways.ts";
import { noGateways } from "./no-gateways.ts";
import { table } from "./table.ts";

const string = { type: "string" } as const;
const limitOptions = {
  "waiting-max": "waitingMax",
  "waiting-per-user-max": "waitingPerUserMax",
  "tokens-burst": "tokensPerUserBurst",
  "tokens-per-minute": "tokensPerUserPerMinute",
} as const satisfies Record<string, keyof GatewaySettings["limits"]>;

export const aiSettingsCommand: Command = {
  name: "ai settings",
  usage: `[--hosts <as OLLAMA_HOSTS>] [--drain <host>] [--undrain <host>] ${Object.keys(limitOptions)
    .map((name) => `[--${name} N]`)
    .join(" ")}`,
  about:
    "What all AI gateways go by; with options it is changed while they run, until the last of them ends. A host that drains takes nothing new.",
  positionals: 0,
  options: {
    hosts: string,
    drain: string,
    undrain: string,
    ...Object.fromEntries(Object.keys(limitOptions).map((name) => [name, string])),
  },
  async run(ctx, { values }) {
    const gateways = await hearGateways(ctx);
    const newest = newestOf(gateways);
    if (newest === undefined) throw new AppError("UNAVAILABLE", noGateways);
    const { json: _, ...given } = values;
    if (Object.keys(given).length === 0) return told(newest, gateways);
    const next = changed(newest, values);
    ctx.bus.publish(aiSettings, next);
    // What is published first is heard first: who answers now has heard of the change.
    return told(next, await hearGateways(ctx));
  },
};

function newestOf(gateways: readonly GatewayStatus[]): GatewaySettings | undefined {
  return gateways.map(({ settings }) => settings).toSorted((a, b) => b.revision - a.revision)[0];
}

/** Throws a UsageError for what makes no sense. */
export function changed({ revision, hosts: before, limits }: GatewaySettings, values: Values): GatewaySettings {
  const isDraining = drainingAfter(before, values);
  const hosts = named(values["hosts"]) ?? before;
  const drained = [values["drain"], values["undrain"]].filter((id) => id !== undefined);
  const unknown = drained.find((id) => !hosts.some((host) => host.id === id));
  if (unknown !== undefined)
    throw new UsageError(`There is no host "${unknown}": ${hosts.map(({ id }) => id).join(", ")}.`);
  const wanted = Object.entries(limitOptions).map(([option, limit]) => [
    limit,
    numberOf(values, option, limits[limit]),
  ]);
  const next = gatewaySettings.safeParse({
    revision: revision + 1,
    hosts: hosts.map((host) => ({ ...host, isDraining: isDraining(host.id) })),
    limits: Object.fromEntries(wanted),
  });
  if (next.success) return next.data;
  const [issue] = next.error.issues;
  throw new UsageError(`${issue?.path.join(".")}: ${issue?.message}`);
}

function drainingAfter(before: GatewaySettings["hosts"], { drain, undrain }: Values): (id: string) => boolean {
  const draining = new Set(before.flatMap((host) => (host.isDraining ? host.id : [])));
  return (id) => id === drain || (draining.has(id) && id !== undrain);
}

function named(hosts: Values[string]): GatewaySettings["hosts"] | null {
  if (typeof hosts !== "string") return null;
  try {
    return hostsFrom(hosts.split(",").flatMap((text) => text.trim() || []));
  } catch (error) {
    throw new UsageError((error as Error).message.replace("OLLAMA_HOSTS", "--hosts"));
  }
}

function told(settings: GatewaySettings, gateways: readonly GatewayStatus[]): Answer {
  if (gateways.length === 0) throw new AppError("UNAVAILABLE", noGateways);
  const others = gateways.filter((gateway) => !isDeepStrictEqual(gateway.settings, settings)).map(({ name }) => name);
  const limits = Object.entries(settings.limits).map(([limit, value]) => ({ limit, value }));
  const whose =
    others.length === 0
      ? `Revision ${settings.revision}, of ${gateways.map(({ name }) => name).join(", ")}.`
      : `Not (yet) of ${others.join(", ")}: somebody else may have changed them at the same moment. Look again.`;
  return {
    json: { ...settings, gateways: gateways.map(({ name }) => name), others },
    text: `${table(settings.hosts, "No hosts.")}\n\n${table(limits, "")}\n\n${whose}`,
    exitCode: others.length === 0 ? exitCodes.done : exitCodes.failed,
  };
}
