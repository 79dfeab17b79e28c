import { useState } from "preact/hooks";
import { createAdminApi } from "#client/admin-api.ts";
import type { GatewaysResponse, OverseenWorlds, WorkersResponse } from "#core/protocol/oversight.ts";
import { rest } from "../state/session.ts";
import { type Column, Table } from "./table.tsx";
import { useRefreshed } from "./use-refreshed.ts";
import { Fresh } from "./fresh.tsx";
import { figure, moment, orNone, span } from "./words.ts";

export const admin = createAdminApi(rest);

export type ViewProps = { readonly isOn: boolean };

type World = OverseenWorlds["worlds"][number];

const worldColumns: readonly Column<World>[] = [
  {
    head: "World",
    cell: ({ id, name, status }) => (status === "deleted" ? name : <a href={`/worlds/${id}/map`}>{name}</a>),
  },
  { head: "Status", cell: ({ status, fault }) => (fault === null ? status : `${status}: ${fault}`) },
  { head: "Whose", cell: ({ owner }) => owner ?? "the system's" },
  { head: "There now", cell: ({ player_count: players }) => figure(players), isNumber: true },
  { head: "Characters", cell: ({ characters }) => figure(characters), isNumber: true },
  { head: "Events", cell: ({ events }) => figure(events), isNumber: true },
  { head: "Worker", cell: ({ worker }) => orNone(worker) },
  { head: "Fence", cell: ({ fence }) => orNone(fence), isNumber: true },
  { head: "Its time", cell: ({ clock }) => (clock === null ? "–" : clockWords(clock)) },
  { head: "Made", cell: ({ created_at: at }) => moment(at) },
];

const clockWords = ({ gameTimeMs, isPaused, pace }: NonNullable<World["clock"]>): string =>
  `${span(gameTimeMs)}, ${isPaused ? "paused" : `at ${figure(pace)}`}`;

export function WorldsView({ isOn }: ViewProps) {
  const [wanted, setWanted] = useState("");
  const loaded = useRefreshed((signal) => admin.worlds({ signal }), "worlds", isOn);
  const all = loaded.value?.worlds ?? [];
  const words = wanted.trim().toLowerCase();
  const rows = all.filter(({ name, owner, id }) =>
    [name, owner ?? "", id].some((text) => text.toLowerCase().includes(words)),
  );
  return (
    <Fresh of={loaded}>
      <div class="field filter">
        <label for="filter">Only those with this name, id or owner</label>
        <input id="filter" value={wanted} onInput={({ currentTarget }) => setWanted(currentTarget.value)} />
      </div>
      <Table
        caption={`Worlds, the oldest first: ${rows.length} of ${all.length}`}
        columns={worldColumns}
        rows={rows}
        keyOf={({ id }) => id}
        none="There is none like that."
      />
    </Fresh>
  );
}

type Held = WorkersResponse["workers"][number]["worlds"][number] & { readonly worker: string };

const heldColumns: readonly Column<Held>[] = [
  { head: "World", cell: ({ name }) => name },
  { head: "Worker", cell: ({ worker }) => worker },
  { head: "Fence", cell: ({ fence }) => figure(fence), isNumber: true },
  {
    head: "Lease ends in",
    cell: ({ remaining_ms: ms }) => (ms === null ? "–" : `${figure(ms / 1000)} s`),
    isNumber: true,
  },
];

export function WorkersView({ isOn }: ViewProps) {
  const loaded = useRefreshed((signal) => admin.workers({ signal }), "workers", isOn);
  const workers = loaded.value?.workers ?? [];
  const held = workers.flatMap(({ name, worlds }) => worlds.map((world) => ({ ...world, worker: name })));
  return (
    <Fresh of={loaded}>
      <p>
        {workers.length === 1 ? "One worker has" : `${workers.length} workers have`} {held.length} worlds;{" "}
        {loaded.value?.unowned ?? 0} are asleep, or between two workers. One that has none is not seen here.
      </p>
      <Table
        caption="Who runs which world"
        columns={heldColumns}
        rows={held}
        keyOf={({ id }) => id}
        none="No worker has a world just now."
      />
    </Fresh>
  );
}

type Gateway = GatewaysResponse["gateways"][number];
type Host = Gateway["hosts"][number] & { readonly gateway: string };

const sum = (counts: Readonly<Record<string, number | undefined>>): number =>
  Object.values(counts).reduce<number>((all, count) => all + (count ?? 0), 0);

const gatewayColumns: readonly Column<Gateway>[] = [
  { head: "Gateway", cell: ({ name }) => name },
  { head: "Waiting", cell: ({ waiting }) => figure(waiting), isNumber: true },
  { head: "Running of slots", cell: ({ running, slots }) => `${running} of ${slots}`, isNumber: true },
  { head: "Pressure", cell: ({ pressure }) => figure(pressure), isNumber: true },
  { head: "Wait, half", cell: ({ waitP50Ms: ms }) => `${figure(ms / 1000)} s`, isNumber: true },
  { head: "Wait, 95 %", cell: ({ waitP95Ms: ms }) => `${figure(ms / 1000)} s`, isNumber: true },
  { head: "Tokens a second", cell: ({ tokensPerSecond: rate }) => figure(rate), isNumber: true },
  { head: "Answered", cell: ({ counts }) => figure(counts.answered), isNumber: true },
  { head: "From the cache", cell: ({ counts }) => figure(counts.cacheHits), isNumber: true },
  { head: "Rejected", cell: ({ counts }) => figure(counts.rejected), isNumber: true },
  { head: "Retried", cell: ({ counts }) => figure(counts.retried), isNumber: true },
  { head: "Without a model", cell: ({ degraded }) => figure(sum(degraded)), isNumber: true },
];

const hostColumns: readonly Column<Host>[] = [
  { head: "Host", cell: ({ id }) => id },
  { head: "As seen by", cell: ({ gateway }) => gateway },
  { head: "State", cell: ({ state }) => state },
  { head: "Running of slots", cell: ({ running, slots }) => `${running} of ${slots}`, isNumber: true },
  { head: "Models in memory", cell: ({ loaded }) => loaded.join(", ") || "–" },
  { head: "Models", cell: ({ models }) => models.join(", ") || "–" },
];

export function GatewaysView({ isOn }: ViewProps) {
  const loaded = useRefreshed((signal) => admin.gateways({ signal }), "gateways", isOn);
  const gateways = loaded.value?.gateways ?? [];
  const hosts = gateways.flatMap(({ name, hosts: seen }) => seen.map((host) => ({ ...host, gateway: name })));
  return (
    <Fresh of={loaded}>
      <Table
        caption="AI gateways that answer within a second; counts since each began"
        columns={gatewayColumns}
        rows={gateways}
        keyOf={({ name }) => name}
        none="No AI gateway answered within a second. Without one, whoever lives in a world speaks by heart."
      />
      {gateways.length > 0 && (
        <Table
          caption="Model hosts"
          columns={hostColumns}
          rows={hosts}
          keyOf={({ id, gateway }) => `${gateway} ${id}`}
          none="No gateway sees a host."
        />
      )}
    </Fresh>
  );
}
