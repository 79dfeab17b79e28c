import { UsageError } from "../run.ts";
import { type Command, numberOf } from "./command.ts";
import { findWorld } from "./find.ts";
import { table } from "./table.ts";

const usualRadiusM = 100;
const shownMax = 1_000;

export const worldsNearby: Command = {
  name: "worlds nearby",
  usage: "<world> <x,y[,z]> [--radius METRES]",
  about: "Who and what is near a place, the nearest first, as its owner wrote it last.",
  positionals: 2,
  options: { radius: { type: "string" } },
  async run(ctx, { positionals: [text = "", where = ""], values }) {
    const { id, spec } = await findWorld(ctx, text);
    const radiusM = numberOf(values, "radius", usualRadiusM);
    const found = await ctx.placements.nearby(
      { id, space: spec },
      { position: positionOf(where), radiusM, limit: shownMax },
    );
    const rows = found.map(({ kind, id: of, name, distanceM, position: { x, y, z } }) => ({
      kind,
      id: of,
      name,
      distanceM: Math.round(distanceM * 10) / 10,
      x,
      y,
      z,
    }));
    return { json: rows, text: table(rows, "Nobody and nothing is there.") };
  },
};

function positionOf(text: string): { x: number; y: number; z: number } {
  const [x, y, z = 0, ...more] = text.split(",").map((each) => (each.trim() === "" ? NaN : Number(each)));
  if (x === undefined || y === undefined || more.length > 0 || ![x, y, z].every(Number.isFinite))
    throw new UsageError("A place is x,y or x,y,z in metres, such as 5,2.");
  return { x, y, z };
}
