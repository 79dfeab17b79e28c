import { parseArgs } from "node:util";
import { ConfigError } from "#adapters/env/parse.ts";

export const workerRoles = ["world", "auth", "player", "ai-gateway"] as const;
export type WorkerRole = (typeof workerRoles)[number];

const countMax = 16;

export type Arguments = { readonly workers: Readonly<Partial<Record<WorkerRole, number>>> };

/** `--workers world=2,auth=1`: how many processes of each role; one where it is not said. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parse(args);
  const workers: Record<WorkerRole, number> = { world: 1, auth: 1, player: 1, "ai-gateway": 1 };
  for (const part of (values.workers ?? "").split(",").filter((text) => text !== "")) {
    const match = /^([\w-]+)=(\d{1,2})$/u.exec(part);
    const role = workerRoles.find((known) => known === match?.[1]);
    const count = Number(match?.[2]);
    if (role === undefined || count > countMax) {
      throw new ConfigError(
        `--workers: "${part}" is not <role>=<0 to ${countMax}>; roles are ${workerRoles.join(", ")}`,
      );
    }
    workers[role] = count;
  }
  return { workers };
}

function parse(args: readonly string[]): { values: { workers?: string } } {
  try {
    const { values } = parseArgs({ args: [...args], options: { workers: { type: "string" } } });
    return { values: values.workers === undefined ? {} : { workers: values.workers } };
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}
