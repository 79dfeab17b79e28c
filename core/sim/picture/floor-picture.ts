import { blendMask, createMask, createPicture, type Picture, strokePath } from "./canvas.ts";
import { coastInk } from "./colours.ts";
import { rgb } from "./palette.ts";

const stone = rgb("#d9d2c3");

/** A room from above: flags of a metre, and walls. `pxPerM`: how large a metre is. */
export function floorPicture(width: number, height: number, pxPerM: number): Picture {
  const picture = createPicture(width, height, stone);
  const joints = createMask(width, height);
  // In a hall that is drawn small there is no telling them apart.
  const flagPx = Math.max(8, flagM * pxPerM);
  for (let x = flagPx; x < width; x += flagPx) strokePath(joints, [x, 0, x, height], 1);
  for (let y = flagPx; y < height; y += flagPx) strokePath(joints, [0, y, width, y], 1);
  blendMask(picture, joints, coastInk, 0.12);
  const walls = createMask(width, height);
  strokePath(walls, [0, 0, width, 0, width, height, 0, height, 0, 0], Math.max(4, width / 60));
  blendMask(picture, walls, coastInk, 0.85);
  return picture;
}

const flagM = 1;
