import { rng } from "../../sim/rng.ts";
import { distanceM, type Position, round, travel } from "../space.ts";
import type { WorldSpec } from "../spec.ts";
import { nearestWater, type Terrain } from "../terrain.ts";
import type { Society } from "./society.ts";

// Where the peoples of a world live: a round of dry, gentle ground for each, near fresh or salt water where there is any, the first of them within a
// short walk of where players begin, and far enough from there for the first look of a newcomer to be the land. The way through the candidates is a
// widening spiral, so the same land gives the same villages. Cost: 2–15 ms for each, once for every owner of a world.

export type Settlement = {
  readonly name: string;
  /** Into the society's `peoples`. */
  readonly people: number;
  readonly centre: Position;
  /** Everything within is dry, and nobody who lives here leaves it. */
  readonly radiusM: number;
};

type Land = { readonly spec: WorldSpec; readonly terrain: Terrain };

/** Beyond what is seen from the spawn, with the whole village. */
const nearestM = 110;
const apartM = 150;
/** In a world that is less wide, corner to corner, all of that is in proportion. */
const roomyM = 1_000;
/** As wide as the land allows. */
const radiiM = [30, 14, 5] as const;
const probesMax = 360;
/** Each probe is so much farther than the last: some 10,000 km at the last one. */
const spread = 1.032;
const waterWithinM = 350;
/** So many good places are looked at for water before one without is taken. */
const dryPlacesMax = 5;
const probesSkipped = 9;
/** So steep, from one point looked at to the next. */
const gradeMax = 0.35;
const samplingM = 5;

/** One for each people, in their order. Where there is no dry land at all they live on rafts where players begin. */
export function settle(land: Land, society: Society): readonly Settlement[] {
  const settled: Settlement[] = [];
  society.settlements.forEach((name, people) => {
    const from = rng(land.spec.seed, "settlement", people).float() * turn;
    const found = findPlace(land, settled, from);
    settled.push({ name, people, ...(found ?? { centre: land.spec.spawn.position, radiusM: 0 }) });
  });
  return settled;
}

const turn = 2 * Math.PI;
const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));

type Found = Pick<Settlement, "centre" | "radiusM">;

function findPlace(land: Land, settled: readonly Settlement[], fromRad: number): Found | null {
  for (const radiusM of radiiM) {
    let first: Found | null = null;
    let looked = 0;
    for (let probe = 0; probe < probesMax && looked < dryPlacesMax; probe++) {
      const centre = candidate(land, settled, { probe, fromRad, radiusM });
      if (centre === null || !isDryAround(land, centre, radiusM)) continue;
      if (nearestWater(land.terrain, land.spec, centre, waterWithinM) !== null) return { centre, radiusM };
      first ??= { centre, radiusM };
      looked++;
      // Its neighbours are as dry.
      probe += probesSkipped;
    }
    if (first !== null) return first;
  }
  return null;
}

type Probe = { readonly probe: number; readonly fromRad: number; readonly radiusM: number };

function candidate(
  { spec, terrain }: Land,
  settled: readonly Settlement[],
  { probe, fromRad, radiusM }: Probe,
): Position | null {
  const scale = spec.bounds === null ? 1 : Math.min(1, widthM(spec.bounds) / roomyM);
  const distance = scale * nearestM * spread ** probe;
  if (spec.radiusM !== null && distance > 0.9 * Math.PI * spec.radiusM) return null;
  const there = travel(spec, spec.spawn.position, (fromRad + probe * goldenAngleRad) % turn, distance);
  const centre = { x: there.x, y: there.y, z: 0 };
  if (!isWithin(spec, centre, radiusM + 1)) return null;
  if (settled.some((other) => distanceM(spec, { ...other.centre, z: 0 }, centre) < scale * apartM)) return null;
  const ground = terrain.groundAt(there.x, there.y);
  return ground.isWater ? null : { ...centre, z: round(ground.elevationM) };
}

const widthM = ({ minX, minY, maxX, maxY }: NonNullable<WorldSpec["bounds"]>): number =>
  Math.hypot(maxX - minX, maxY - minY);

function isWithin({ bounds }: WorldSpec, { x, y }: Position, marginM: number): boolean {
  if (bounds === null) return true;
  const { minX, minY, maxX, maxY } = bounds;
  return x >= minX + marginM && x <= maxX - marginM && y >= minY + marginM && y <= maxY - marginM;
}

/** Sampled so densely that no water wider than a ditch, and no cliff, lies between. From the rim inwards: that is where most places fail. */
function isDryAround({ spec, terrain }: Land, centre: Position, radiusM: number): boolean {
  const rings = Math.max(1, Math.ceil(radiusM / samplingM));
  for (let ring = rings; ring > 0; ring--) {
    const distance = (radiusM * ring) / rings;
    const points = Math.max(6, Math.ceil((turn * distance) / samplingM));
    let before: number | null = null;
    for (let point = 0; point <= points; point++) {
      const at = travel(spec, centre, (turn * point) / points, distance);
      const ground = terrain.groundAt(at.x, at.y);
      if (ground.isWater) return false;
      if (before !== null && Math.abs(ground.elevationM - before) > gradeMax * samplingM) return false;
      before = ground.elevationM;
    }
  }
  return true;
}
