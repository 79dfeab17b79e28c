import { assert } from "../../lib/assert.ts";
import { createGridEdges } from "../grid/edges.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import { layerCount } from "./layers.ts";
import { createOperators, type Operators } from "./operators.ts";
import { type Planet, planetLimits } from "./planet.ts";
import { createWeatherState, type WeatherState } from "./state.ts";
import { earthTuning, type TuningValues } from "./tuning.ts";

// What every kernel of the weather is given: the operators, the land, the state, and arrays to work in. Nothing is made during a step.

/** Of each cell of the grid that the weather runs on: means over the cell. */
export type Surface = {
  /** Above the sea; below it counts as 0. */
  readonly elevationM_c: Float64Array;
  /** 0 … 1; from a half on the cell is land. */
  readonly landShare_c: Float64Array;
};

export type Model = {
  readonly planet: Planet;
  readonly tuning: TuningValues;
  readonly grid: SphereGrid;
  readonly ops: Operators;
  readonly state: WeatherState;
  readonly work: Work;
  readonly isLand_c: Uint8Array;
  /** Gravity times the height of the ground that the air feels, m²/s². */
  readonly ground_c: Float64Array;
  readonly landShare_c: Float64Array;
  readonly oceanShare: number;
};

export type Work = ReturnType<typeof createWork>;

export function createModel(
  grid: SphereGrid,
  surface: Surface,
  planet: Planet,
  options: { readonly tuning?: Partial<TuningValues>; readonly buffer?: ArrayBufferLike } = {},
): Model {
  checkPlanet(planet);
  assert(surface.elevationM_c.length === grid.cellCount, "one elevation per cell");
  assert(surface.landShare_c.length === grid.cellCount, "one share of land per cell");
  const edges = createGridEdges(grid);
  const ops = createOperators(grid, edges, planet);
  const isLand_c = Uint8Array.from(surface.landShare_c, (share) => (share >= 0.5 ? 1 : 0));
  let oceanShare = 0;
  for (let c = 0; c < grid.cellCount; c++) if (isLand_c[c] === 0) oceanShare += ops.share_c[c]!;
  return {
    planet,
    tuning: { ...earthTuning, ...options.tuning },
    grid,
    ops,
    state: createWeatherState(grid.cellCount, options.buffer),
    work: createWork(ops, edges.normal_e, grid),
    isLand_c,
    ground_c: smoothGround(grid, surface, isLand_c).map((elevation) => elevation * planet.gravity),
    landShare_c: surface.landShare_c,
    oceanShare,
  };
}

function checkPlanet(planet: Planet): void {
  for (const [name, [least, most]] of Object.entries(planetLimits)) {
    const value = planet[name as keyof typeof planetLimits];
    assert(value >= least && value <= most, `${name} ${value} is not within ${least} … ${most}`);
  }
}

/** Half its own height, half its neighbours': slopes of one cell are noise to the winds. */
function smoothGround(grid: SphereGrid, { elevationM_c }: Surface, isLand_c: Uint8Array): Float64Array {
  const { cellCount, neighbour_cn, degree_c } = grid;
  const above = (c: number) => (isLand_c[c] === 1 ? Math.max(0, elevationM_c[c]!) : 0);
  return Float64Array.from({ length: cellCount }, (_, c) => {
    let around = 0;
    for (let n = 0; n < degree_c[c]!; n++) around += above(neighbour_cn[6 * c + n]!);
    return 0.5 * above(c) + (0.5 * around) / degree_c[c]!;
  });
}

function createWork(ops: Operators, normal_e: Float64Array, grid: SphereGrid) {
  const { cellCount, edgeCount, cornerCount } = ops;
  const cells = () => new Float64Array(cellCount);
  const layers = () => new Float64Array(layerCount * cellCount);
  const winds = () => new Float64Array(layerCount * edgeCount);
  return {
    oldPressure_c: cells(),
    exner_c: cells(),
    flow_ke: winds(),
    divergence_kc: layers(),
    /** p_s σ̇ through the lower surface of each layer. */
    sinking_kc: layers(),
    moved_kc: layers(),
    kinetic_kc: layers(),
    geopotential_kc: layers(),
    tendency_ke: winds(),
    flux_e: new Float64Array(edgeCount),
    potential_e: new Float64Array(edgeCount),
    smooth_e: new Float64Array(edgeCount),
    spin_v: new Float64Array(cornerCount),
    scratch_c: cells(),
    temperature_kc: layers(),
    passing_kc: layers(),
    warmth_kc: layers(),
    relative_kc: layers(),
    window_c: cells(),
    downward_c: cells(),
    sunAir_c: cells(),
    sunGround_c: cells(),
    emitted_c: cells(),
    sensible_c: cells(),
    exchange_c: cells(),
    speed_c: cells(),
    sun: new Float64Array(4),
    /** W/m² of the sphere that the last step took in, less what it gave off. */
    radiated: new Float64Array(1),
    column: createColumn(),
    compass: compassOf(ops, normal_e, grid),
  };
}

/** One column at a time for convection. */
function createColumn() {
  const one = () => new Float64Array(layerCount);
  return { parcelK_k: one(), wantedHumidity_k: one() };
}

/** Weights of each edge's wind in the east and north wind of a cell (Perot 2000): Σ length · span/2 / area · normal. */
function compassOf(ops: Operators, normal_e: Float64Array, grid: SphereGrid) {
  const east_cn = new Float64Array(6 * ops.cellCount);
  const north_cn = new Float64Array(6 * ops.cellCount);
  for (let c = 0; c < ops.cellCount; c++) {
    const x = grid.position_c[3 * c]!;
    const y = grid.position_c[3 * c + 1]!;
    const z = grid.position_c[3 * c + 2]!;
    const flat = Math.sqrt(x * x + y * y);
    // At a pole every way is south: east is then along longitude 90.
    const [ex, ey] = flat > 1e-9 ? [-y / flat, x / flat] : [0, 1];
    for (let n = 6 * c; n < 6 * c + 6; n++) {
      const e = 3 * ops.edge_cn[n]!;
      const weight = 2 * ops.kinetic_cn[n]!;
      const [nx, ny, nz] = [normal_e[e]!, normal_e[e + 1]!, normal_e[e + 2]!];
      east_cn[n] = weight * (ex * nx + ey * ny);
      north_cn[n] = weight * (-z * ey * nx + z * ex * ny + (x * ey - y * ex) * nz);
    }
  }
  return { east_cn, north_cn };
}
