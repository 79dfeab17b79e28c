import { parseArgs } from "node:util";
import { UsageError } from "../run.ts";
import { connectedShare, defaultLoad, type Load, worldsPerConnected } from "./estimate.ts";

const names = [
  "players",
  "connected",
  "worlds",
  ...(Object.keys(defaultLoad) as (keyof typeof defaultLoad)[]),
] as const;
const flagOf = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
const most = 1e12;

export const costHelp = `What a month costs, in dollars, by part:

  npm run cost -- --players 1000 [--connected 50] [--worlds 10] [--model-calls-per-player-hour 4] …

  --page   writes docs/cost.md to standard output

Others, with what they are where they are left out:
${Object.entries(defaultLoad)
  .map(([name, value]) => `  --${flagOf(name)} ${value}`)
  .join("\n")}
`;

/** Throws a UsageError for what makes no sense. */
export function loadFrom(args: readonly string[]): Load {
  const options = Object.fromEntries(names.map((name) => [flagOf(name), { type: "string" as const }]));
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const read = (name: string): number | undefined => {
    const text = values[flagOf(name)];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (typeof text !== "string" || text.trim() === "" || !Number.isFinite(value) || value < 0 || value > most)
      throw new UsageError(`--${flagOf(name)}: must be a number from 0 to ${most}`);
    if (value === 0 && dividers.has(name)) throw new UsageError(`--${flagOf(name)}: must be more than 0`);
    return value;
  };
  const players = read("players");
  if (players === undefined) throw new UsageError("--players: how many play in the month? See --help");
  const connected = read("connected") ?? players * connectedShare;
  const rest = Object.entries(defaultLoad).map(([name, value]) => [name, read(name) ?? value]);
  return {
    ...(Object.fromEntries(rest) as Omit<Load, "players" | "connected" | "worlds">),
    players,
    connected,
    worlds: read("worlds") ?? connected * worldsPerConnected,
  };
}

const dividers: ReadonlySet<string> = new Set(["tellingsPerFrame", "sessionHours", "callsAtOncePerGpu", "gpuUse"]);
