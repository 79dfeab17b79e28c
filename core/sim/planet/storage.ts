import type { SphereGrid } from "../sphere-grid.ts";
import {
  createReader,
  createWriter,
  putBytes,
  putFloat32,
  putFloat64,
  putUint16,
  putUint32,
  putUint8,
  type Reader,
  takeBytes,
  takeFloat32,
  takeFloat64,
  takeUint16,
  takeUint32,
  takeUint8,
  type Writer,
} from "./bytes.ts";
import { crc32 } from "./checksum.ts";
import type { Lake } from "./hydrology.ts";
import { emptyNormals, type Normals } from "./normals.ts";
import type { Planet } from "./planet.ts";
import {
  elevationCode,
  elevationOf,
  flowCode,
  flowOf,
  plantSteps,
  rainCode,
  rainOf,
  temperatureCode,
  temperatureOf,
  windCode,
  windOf,
} from "./quantise.ts";
import { type Deposit, resourceKinds } from "./resources.ts";
import { type PlanetSpec, specProblems } from "./spec.ts";
import { tidesOf } from "./tides.ts";

// A planet as bytes: "TWPL", version, length and CRC-32 of the body, then the body: specification as JSON, 12 bytes a cell, 52 bytes a cell of the
// normals' grid, lakes and deposits. What follows from the specification alone (grid, tides) is made again. All of a planet's numbers are
// already rounded to these codes, so decode(encode(planet)) is the planet. 1.1 MB at level 6, 2.7 MB at level 7; deflate halves it.

/** Grows with every change of the layout; older ones stay readable here. */
export const storedVersion = 1;
const magic = 0x4c505754;
const headerBytes = 14;
const bytesPerCell = 12;
const bytesPerNormal = 52;
const bytesPerLake = 29;
const bytesPerDeposit = 13;
const noneDownstream = 7;

export type DecodeProblem = { readonly problem: "not a planet" | "unknown version" | "damaged" };

export function encodePlanet(planet: Planet): Uint8Array {
  const spec = new TextEncoder().encode(JSON.stringify(planet.spec));
  const { grid, normals, lakes, deposits } = planet;
  const size =
    headerBytes +
    4 +
    spec.length +
    bytesPerCell * grid.cellCount +
    1 +
    bytesPerNormal * normals.grid.cellCount +
    8 +
    bytesPerLake * lakes.length +
    bytesPerDeposit * deposits.length;
  const writer = createWriter(size);
  writer.at = headerBytes;
  putUint32(writer, spec.length);
  putBytes(writer, spec);
  putCells(writer, planet);
  putNormals(writer, normals);
  putUint32(writer, lakes.length);
  for (const lake of lakes) putLake(writer, lake);
  putUint32(writer, deposits.length);
  for (const deposit of deposits) putDeposit(writer, deposit);
  const bytes = new Uint8Array(writer.view.buffer);
  writer.at = 0;
  putUint32(writer, magic);
  putUint16(writer, storedVersion);
  putUint32(writer, size - headerBytes);
  putUint32(writer, crc32(bytes.subarray(headerBytes)));
  return bytes;
}

/** `gridOf` as for generation. Bytes that are not exactly what was written are refused. */
export function decodePlanet(bytes: Uint8Array, gridOf: (level: number) => SphereGrid): Planet | DecodeProblem {
  const reader = createReader(bytes);
  if (bytes.length < headerBytes || takeUint32(reader) !== magic) return { problem: "not a planet" };
  if (takeUint16(reader) !== storedVersion) return { problem: "unknown version" };
  const isWhole = takeUint32(reader) === bytes.length - headerBytes;
  if (!isWhole || takeUint32(reader) !== crc32(bytes.subarray(headerBytes))) return { problem: "damaged" };
  const spec = JSON.parse(new TextDecoder().decode(takeBytes(reader, takeUint32(reader)))) as PlanetSpec;
  // A sum that fits by chance, or a writer's bug: never a planet that cannot be.
  if (specProblems(spec).length > 0) return { problem: "damaged" };
  const cells = takeCells(reader, gridOf(spec.level));
  const normals = takeNormals(reader, gridOf);
  const lakes = Array.from({ length: takeUint32(reader) }, () => takeLake(reader));
  const deposits = Array.from({ length: takeUint32(reader) }, () => takeDeposit(reader));
  if (reader.at !== bytes.length) return { problem: "damaged" };
  return { spec, ...cells, normals, lakes, deposits, tides: tidesOf(spec) };
}

function putCells(writer: Writer, planet: Planet): void {
  const { cellCount, neighbour_cn } = planet.grid;
  for (let c = 0; c < cellCount; c++) putUint16(writer, elevationCode(planet.elevation_c[c]!));
  for (let c = 0; c < cellCount; c++) putUint16(writer, flowCode(planet.dischargeM3s_c[c]!));
  for (let c = 0; c < cellCount; c++) putUint16(writer, planet.lake_c[c]!);
  for (let c = 0; c < cellCount; c++) {
    const next = planet.downstream_c[c]!;
    let way = noneDownstream;
    for (let k = 0; k < 6; k++) if (neighbour_cn[6 * c + k] === next && next !== c) way = k;
    putUint8(writer, way + 8 * planet.strahler_c[c]!);
  }
  for (const bytes of [planet.plate_c, planet.rock_c, planet.koppen_c, planet.biome_c]) putBytes(writer, bytes);
  for (let c = 0; c < cellCount; c++) putUint8(writer, Math.round(planet.plants_c[c]! * plantSteps));
}

type Cells = Omit<Planet, "spec" | "normals" | "lakes" | "deposits" | "tides">;

function takeCells(reader: Reader, grid: SphereGrid): Cells {
  const { cellCount, neighbour_cn } = grid;
  const each = <T>(read: (c: number) => T) => Array.from({ length: cellCount }, (_, c) => read(c));
  const elevation_c = Float64Array.from(each(() => elevationOf(takeUint16(reader))));
  const dischargeM3s_c = Float64Array.from(each(() => flowOf(takeUint16(reader))));
  const lake_c = Uint16Array.from(each(() => takeUint16(reader)));
  const downstream_c = new Int32Array(cellCount);
  const strahler_c = new Uint8Array(cellCount);
  for (let c = 0; c < cellCount; c++) {
    const code = takeUint8(reader);
    const way = code & 7;
    downstream_c[c] = way === noneDownstream ? -1 : neighbour_cn[6 * c + way]!;
    strahler_c[c] = code >> 3;
  }
  return {
    grid,
    elevation_c,
    dischargeM3s_c,
    lake_c,
    downstream_c,
    strahler_c,
    plate_c: takeBytes(reader, cellCount).slice(),
    rock_c: takeBytes(reader, cellCount).slice(),
    koppen_c: takeBytes(reader, cellCount).slice(),
    biome_c: takeBytes(reader, cellCount).slice(),
    plants_c: Float64Array.from(takeBytes(reader, cellCount), (code) => code / plantSteps),
  };
}

function putNormals(writer: Writer, normals: Normals): void {
  const { cellCount, level } = normals.grid;
  putUint8(writer, level);
  for (const value of normals.temperatureC_cm) putUint16(writer, temperatureCode(value));
  for (const value of normals.rainMmDay_cm) putUint16(writer, rainCode(value));
  for (let c = 0; c < cellCount; c++) {
    putUint8(writer, windCode(normals.windEastMs_c[c]!));
    putUint8(writer, windCode(normals.windNorthMs_c[c]!));
    putUint16(writer, elevationCode(normals.elevation_c[c]!));
  }
}

function takeNormals(reader: Reader, gridOf: (level: number) => SphereGrid): Normals {
  const grid = gridOf(takeUint8(reader));
  const normals = emptyNormals(grid, new Float64Array(grid.cellCount));
  for (let k = 0; k < 12 * grid.cellCount; k++) normals.temperatureC_cm[k] = temperatureOf(takeUint16(reader));
  for (let k = 0; k < 12 * grid.cellCount; k++) normals.rainMmDay_cm[k] = rainOf(takeUint16(reader));
  for (let c = 0; c < grid.cellCount; c++) {
    normals.windEastMs_c[c] = windOf(takeUint8(reader));
    normals.windNorthMs_c[c] = windOf(takeUint8(reader));
    normals.elevation_c[c] = elevationOf(takeUint16(reader));
  }
  return normals;
}

function putLake(writer: Writer, lake: Lake): void {
  putFloat64(writer, lake.levelM);
  putFloat64(writer, lake.areaM2);
  putFloat64(writer, lake.depthM);
  putUint8(writer, lake.isTerminal ? 1 : 0);
  putUint32(writer, lake.cell);
}

function takeLake(reader: Reader): Lake {
  return {
    levelM: takeFloat64(reader),
    areaM2: takeFloat64(reader),
    depthM: takeFloat64(reader),
    isTerminal: takeUint8(reader) === 1,
    cell: takeUint32(reader),
  };
}

function putDeposit(writer: Writer, deposit: Deposit): void {
  putUint32(writer, deposit.cell);
  putUint8(writer, resourceKinds.indexOf(deposit.kind));
  putFloat32(writer, deposit.megatonnes);
  putFloat32(writer, deposit.grade);
}

function takeDeposit(reader: Reader): Deposit {
  const cell = takeUint32(reader);
  const kind = resourceKinds[takeUint8(reader)] ?? resourceKinds[0];
  return { cell, kind, megatonnes: takeFloat32(reader), grade: takeFloat32(reader) };
}
