import type { Scene } from "./scene.ts";

// Hill shading: light from the north-west and a weaker one from the west and north, on slopes steepened until plains show their swells
// (Horn 1981 for the slope; several lights after Mark 1992). 1 is level ground; darker and lighter around it.

/** Heights that count as a full slope across a pixel of a map 2,000 wide. */
const steepM = 520;
const lights = [
  { east: -0.71, north: 0.71, weight: 0.6 },
  { east: -1, north: 0, weight: 0.2 },
  { east: 0, north: 1, weight: 0.2 },
] as const;

export function shade({ width, height, cell_p, elevation_p }: Scene): Float32Array {
  const shade_p = new Float32Array(width * height).fill(1);
  const scale = width / 2000 / steepM;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const p = y * width + x;
      if (cell_p[p]! < 0 || cell_p[p - width]! < 0 || cell_p[p + width]! < 0) continue;
      if (cell_p[p - 1]! < 0 || cell_p[p + 1]! < 0) continue;
      const isSea = elevation_p[p]! <= 0;
      // The sea's own surface is level: at a coast only the land's slope counts, on the floor only the floor's, fainter.
      const at = (q: number) => (isSea ? 0.35 * Math.min(0, elevation_p[q]!) : Math.max(0, elevation_p[q]!));
      const east = (at(p + 1) - at(p - 1)) * 0.5 * scale;
      const north = (at(p - width) - at(p + width)) * 0.5 * scale;
      shade_p[p] = lightOn(east, north);
    }
  }
  return shade_p;
}

/** Of ground that rises so steeply to the east and to the north. */
export function lightOn(east: number, north: number): number {
  let light = 0;
  for (const { east: e, north: n, weight } of lights) {
    light += (weight * (1 - (e * east + n * north))) / Math.sqrt(1 + east * east + north * north);
  }
  return Math.min(1.5, Math.max(0.35, light));
}
