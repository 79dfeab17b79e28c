import { lingerMs } from "#core/world/decide/presence.ts";
import { type Doors, reconnectStorm, type StormResult } from "./reconnects.ts";
import { type Disturbance, fleetReport, type FleetReport } from "./scenarios.ts";
import { type Size, sizeOf } from "./sizes.ts";

/** What an account is given in a region, until somebody asks for more: docs/scaling.md names the pages. */
export const quotas: Doors = { handshakesPerS: 500, requestsPerS: 10_000 };
/** Ten times as much. */
const raised: Doors = { handshakesPerS: 5_000, requestsPerS: 100_000 };

const seed = 11;
const clientsMost = 75_000;
/** Larger ones are cells of this size, each with workers and servers of its own; only the doors are the account's. */
const cellPlayers = 100_000;

export type Column = { readonly head: string; readonly cells: readonly (readonly [label: string, text: string])[] };

/** What docs/scaling.md quotes of a number of players. */
export async function columnOf(players: number): Promise<Column> {
  const size = sizeOf(players);
  const cell = sizeOf(Math.min(players, cellPlayers));
  const fleet = await fleetReport(cell, { seed, wants: cell.commandsPerS });
  if (fleet.violations.length > 0) throw new Error(fleet.violations.slice(0, 10).join("\n"));
  return {
    head: `${players.toLocaleString("en")} players`,
    cells: [
      ...sizeCells(size),
      ["cells", String(players / cell.players)],
      ...fleetCells(fleet),
      ...[quotas, raised].flatMap((doors) => stormCells(size, doors)),
    ],
  };
}

function sizeCells({ connected, worlds, workers }: Size): [string, string][] {
  return [
    ["connected at the peak", connected.toLocaleString("en")],
    ["worlds awake", worlds.toLocaleString("en")],
    ["world workers", workers.toLocaleString("en")],
  ];
}

function fleetCells(of: FleetReport): [string, string][] {
  return [
    ["the fullest worker has, of the mean", `${of.fullest.toFixed(2)} ×`],
    ["of a cell's database, while all is calm", perSecond(of.statementsPerS, of.rowsWrittenPerS)],
    ["a worker killed: its worlds back", gaps(of.oneKilled)],
    ["a zone lost: its worlds back", gaps(of.zoneLost)],
    ["the zone's workers back: worlds stood still", gaps(of.zoneBack)],
    ["… until all is in balance", seconds(of.zoneBack.settledMs)],
    ["a release: worlds stood still", gaps(of.release)],
    ["… each was moved", `${(of.release.worldsMoved / of.worlds).toFixed(1)} times`],
    ["… until all is in balance", seconds(of.release.settledMs)],
    ["… statements in the busiest second", of.release.statementsPerSMost.toLocaleString("en")],
  ];
}

function stormCells({ connected }: Size, doors: Doors): [string, string][] {
  // Who is many behaves as who is fewer before doors that are narrower by as much.
  const scale = Math.max(1, connected / clientsMost);
  const narrower = { handshakesPerS: doors.handshakesPerS / scale, requestsPerS: doors.requestsPerS / scale };
  const result = reconnectStorm({ clients: connected / scale, seed, doors: narrower });
  const label = `all sockets cut, ${doors.handshakesPerS.toLocaleString("en")} let in a second`;
  return [
    [`${label}: back, half / 99 % / all`, [0.5, 0.99, 1].map((share) => seconds(quantile(result, share))).join(" / ")],
    ["… within the two minutes of a resume", `${(withinShare(result, lingerMs) * 100).toFixed(0)} %`],
    ["… handshakes in the busiest second", Math.round(result.handshakesPerSMost * scale).toLocaleString("en")],
    ["… attempts of each", ((sum(result.attempts) * scale) / connected).toFixed(1)],
  ];
}

/** The least time after which so many are back. */
export function quantile({ backMs }: StormResult, share: number): number {
  return backMs.toSorted()[Math.ceil(share * backMs.length) - 1] ?? 0;
}

function withinShare({ backMs }: StormResult, ms: number): number {
  return backMs.filter((back) => back <= ms).length / backMs.length;
}

const sum = (values: Uint16Array): number => values.reduce((total, value) => total + value, 0);
const seconds = (ms: number): string =>
  ms < 300_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
const gaps = ({ gapMsMedian, gapMsMost }: Disturbance): string =>
  `${seconds(gapMsMedian)}, at most ${seconds(gapMsMost)}`;
const perSecond = (statements: number, rows: number): string =>
  `${statements.toLocaleString("en")} statements/s, ${rows.toLocaleString("en")} rows/s`;
