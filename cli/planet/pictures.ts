import type { Layer } from "#core/sim/picture/paint.ts";
import { layers } from "#core/sim/picture/paint.ts";
import { encodePlanet } from "#core/sim/planet/storage.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { runInThread } from "./threads.ts";

export type PictureWork = {
  /** As `encodePlanet` writes it: no bit is lost on the way into a thread. */
  readonly planet: Uint8Array;
  readonly layers: readonly Layer[];
  readonly width: number;
  readonly title: string;
  readonly line: string;
  readonly isSmall: boolean;
};

export type PictureFile = { readonly layer: Layer; readonly png: Uint8Array };

type Options = Omit<PictureWork, "planet" | "layers"> & {
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
};

/** Two sheets of work at most: each thread surveys the ground again, which is half of what a picture costs. */
const threadsMax = 2;

export async function drawPictures(
  planet: Planet,
  { threads, signal, onProgress, ...options }: Options,
): Promise<PictureFile[]> {
  const bytes = encodePlanet(planet);
  const count = Math.min(threads, threadsMax);
  const shares = Array.from({ length: count }, () => 0);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const drawn = await Promise.all(
    shares.map((_, t) => {
      const work: PictureWork = { ...options, planet: bytes, layers: layers.filter((__, i) => i % count === t) };
      return runInThread<PictureFile[]>("picture", work, either, (share) => {
        shares[t] = share;
        onProgress(shares.reduce((sum, each) => sum + each, 0) / count);
      });
    }),
  ).finally(() => stop.abort());
  onProgress(1);
  return drawn.flat();
}
