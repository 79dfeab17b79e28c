import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearIndex } from "./near-index.ts";
import { distanceM, type Position, type Space } from "./space.ts";

const radiusM = 3000;
const spaces: readonly (readonly [name: string, space: Space, place: fc.Arbitrary<Position>])[] = [
  [
    "a plane",
    { radiusM: null, bounds: null },
    fc.record({
      x: fc.double({ min: -200, max: 200, noNaN: true }),
      y: fc.double({ min: -200, max: 200, noNaN: true }),
      z: fc.constantFrom(0, 30, 90),
    }),
  ],
  [
    "a sphere, at its poles and its antimeridian too",
    { radiusM, bounds: null },
    fc
      .record({
        longitude: fc.oneof(
          fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
          fc.constantFrom(-Math.PI, Math.PI, 3.14, -3.14),
        ),
        latitude: fc.oneof(
          fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true }),
          fc.double({ min: 1.53, max: Math.PI / 2, noNaN: true }),
          fc.double({ min: -Math.PI / 2, max: -1.53, noNaN: true }),
        ),
      })
      .map(({ longitude, latitude }) => ({ x: longitude * radiusM, y: latitude * radiusM, z: 0 })),
  ],
];

type Change = { readonly id: number; readonly to: Position | null };

describe.each(spaces)("the index of %s", (_name, space, place) => {
  const change: fc.Arbitrary<Change> = fc.record({ id: fc.nat(30), to: fc.option(place, { freq: 4 }) });

  test("finds exactly what is near, whatever came, moved and went before", () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 120 }),
        place,
        fc.constantFrom(0, 5, 20, 60, 300),
        (changes, from, reachM) => {
          const index = nearIndex<number>(space);
          const all = new Map<number, Position>();
          for (const { id, to } of changes) {
            if (to === null) {
              index.delete(id);
              all.delete(id);
            } else {
              index.set(id, to);
              all.set(id, to);
            }
          }
          const near = [...all].filter(([, position]) => distanceM(space, from, position) <= reachM);
          const found = index.within(from, reachM);
          expect(found.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
            near.map(([id]) => id).toSorted((a, b) => a - b),
          );
          for (const { id, distanceM: distance } of found) expect(distance).toBe(distanceM(space, from, all.get(id)!));
        },
      ),
      { numRuns: 400 },
    );
  });
});
