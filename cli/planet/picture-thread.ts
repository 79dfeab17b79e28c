import { encodeIndexedPng, encodePng } from "#adapters/png.ts";
import { assert } from "#core/lib/assert.ts";
import { reduceColours } from "#core/sim/picture/reduce-colours.ts";
import { layerPicture, pictureScene } from "#core/sim/picture/world-picture.ts";
import { gridCache } from "#core/sim/planet/generate.ts";
import { decodePlanet } from "#core/sim/planet/storage.ts";
import type { PictureFile, PictureWork } from "./pictures.ts";
import { answer } from "./thread-answer.ts";

await answer((given, onProgress) => {
  const work = given as PictureWork;
  const planet = decodePlanet(work.planet, gridCache());
  assert(!("problem" in planet), "a planet that was just written");
  const options = { width: work.width, samples: 2, words: { title: work.title, line: work.line } } as const;
  const scene = pictureScene(planet, options);
  onProgress(0.5);
  return work.layers.map((layer, i): PictureFile => {
    const picture = layerPicture(scene, { ...options, layer });
    const png = work.isSmall ? encodeIndexedPng(reduceColours(picture)) : encodePng(picture);
    onProgress(0.5 + (0.5 * (i + 1)) / work.layers.length);
    return { layer, png };
  });
});
