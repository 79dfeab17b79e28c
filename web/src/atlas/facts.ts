import type { WorldMap, WorldMapTile } from "#core/protocol/world-map.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";

// What a picture of a world shows, in words and figures.

export type Fact = readonly [what: string, value: string];

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const metres = (m: number): string => `${number.format(m)} m`;
const length = (m: number): string => (m < 10_000 ? metres(m) : `${number.format(m / 1000)} km`);
export const percent = (share: number): string =>
  share > 0 && share < 0.01 ? "less than 1 %" : `${Math.round(100 * share)} %`;

export function factsOf(world: Pick<WorldDetailResponse, "shape" | "radius">, map: WorldMap): readonly Fact[] {
  const facts: Fact[] = [["Shape", shapeOf(world, map)]];
  if (map.is_simulated) {
    facts.push(["Land", `${percent(map.land_coverage)} of it`], ["Highest", metres(map.max_elevation)]);
    const lowest = map.tiles.reduce((least, { avg_elevation: m }) => Math.min(least, m), 0);
    if (lowest < 0) facts.push(["Deepest water", metres(-lowest)]);
  }
  if (map.avg_temperature !== null) facts.push(["Warmth", `${map.avg_temperature} °C, mean of the year`]);
  if (map.satellites.length > 0) {
    const moons = map.satellites.map(({ name, period }) => `${name}, around in ${Math.round(period)} days`);
    facts.push([moons.length === 1 ? "Moon" : "Moons", moons.join("; ")]);
  }
  for (const [kind, what] of [
    ["sea", "Seas"],
    ["range", "Mountains"],
    ["river", "Rivers"],
  ] as const) {
    const names = map.names.filter((place) => place.kind === kind).map(({ name }) => name);
    if (names.length > 0) facts.push([what, names.slice(0, namesMax).join(", ")]);
  }
  return facts;
}

const namesMax = 8;

function shapeOf({ shape, radius }: Pick<WorldDetailResponse, "shape" | "radius">, map: WorldMap): string {
  if (radius !== null) {
    const kind = isPlanet(map) ? "A planet" : "A sphere whose land was painted, not a planet with a history";
    return `${kind}, ${length(2 * radius)} through`;
  }
  const across = `${length(map.world_width)} by ${length(map.world_height)}`;
  if (shape === "infinite") return `Without end; this is the ${across} around where one arrives`;
  return map.is_simulated ? `Bounded: ${across}` : `A room of ${across}`;
}

/** Climates are known of planets only. `map`: of the layer "climate". */
export const isPlanet = (map: WorldMap): boolean => map.tiles[0]?.climate !== undefined;

/** How much of the area each kind takes, largest first. `kindOf`: null for what is not counted. */
export function sharesOf(
  map: WorldMap,
  isRound: boolean,
  kindOf: (tile: WorldMapTile) => string | null,
): readonly (readonly [kind: string, share: number])[] {
  const areas = new Map<string, number>();
  let all = 0;
  for (const tile of map.tiles) {
    const kind = kindOf(tile);
    if (kind === null) continue;
    // Tiles near the poles of a sphere are small.
    const area = isRound ? Math.cos(Math.PI * ((tile.grid_y + 0.5) / map.grid_height - 0.5)) : 1;
    all += area;
    areas.set(kind, (areas.get(kind) ?? 0) + area);
  }
  return [...areas].map(([kind, area]) => [kind, area / all] as const).toSorted((a, b) => b[1] - a[1]);
}

/** The tile at a place, shares from the west and from the north. */
export function tileAt({ tiles, grid_width: columns, grid_height: rows }: WorldMap, u: number, v: number) {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(u * columns)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor((1 - v) * rows)));
  return tiles[row * columns + column];
}

/** "24° N, 13° E", or metres from where a flat world's own counting begins. */
export function whereIs(map: WorldMap, isRound: boolean, u: number, v: number): string {
  if (!isRound) {
    const [x, y] = [map.origin_x + u * map.world_width, map.origin_y + (1 - v) * map.world_height];
    return `${length(Math.abs(x))} ${x < 0 ? "west" : "east"}, ${length(Math.abs(y))} ${y < 0 ? "south" : "north"}`;
  }
  const [latitude, longitude] = [Math.round(180 * (0.5 - v)), Math.round(360 * (u - 0.5))];
  return `${Math.abs(latitude)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude)}° ${longitude < 0 ? "W" : "E"}`;
}

export function wordsOfTile(tile: WorldMapTile): string {
  const { biome, avg_elevation: m, temperature, rain, climate, wind_east: east, wind_north: north } = tile;
  return [
    biome,
    m < 0 && biome === "Ocean" ? `${metres(-m)} deep` : metres(m),
    ...(temperature === undefined ? [] : [`${temperature} °C`]),
    ...(rain === undefined ? [] : [`${number.format(rain)} mm a year`]),
    ...(climate === undefined ? [] : [climate]),
    ...(east === undefined || north === undefined ? [] : [windWords(east, north)]),
  ].join(", ");
}

const winds = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"] as const;

/** Winds are named by where they come from. */
export function windWords(east: number, north: number): string {
  const speed = Math.hypot(east, north);
  if (speed < 0.5) return "hardly any wind";
  const from = winds[(Math.round(Math.atan2(-east, -north) / (Math.PI / 4)) + 8) % 8];
  return `${Math.round(speed)} m/s from the ${from}`;
}
