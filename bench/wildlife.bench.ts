// What animals cost. At rest nothing: no system of the turn knows of them. So: what a look takes that looks for them, of the whole mini-map that it is a part of;
// what the first look into a region takes that nobody has seen; and what `eco status`, `eco log` and the lineage of one animal take.
// Budget: less than a third of a mini-map; and the first look, at the most, a tenth of a turn (9 ms).
import { mapOf } from "#core/world/mini-map.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { Position } from "#core/world/space.ts";
import { terrainOf } from "#core/world/terrain.ts";
import { censusAt } from "#core/world/wildlife/census.ts";
import { happeningsAround } from "#core/world/wildlife/happenings.ts";
import { animalsInSight } from "#core/world/wildlife/in-sight.ts";
import { lineageOf } from "#core/world/wildlife/kin.ts";
import { stage } from "#tests/support/stage.ts";
import { quantile } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 2 : 31;
const looks = isSmoke ? 20 : 400;

/** Of this process: others may share the cores. */
const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const shown = (values: readonly number[]): string =>
  `${quantile(values, 0).toFixed(1)}, ${quantile(values, 0.5).toFixed(1)}`;

for (const { name, spec } of readyMadeWorlds.slice(1)) {
  const terrain = terrainOf(spec);
  const s = stage({ spec, terrain, place: { name } });
  const standing = (x: number, y: number): Position => ({ x, y, z: terrain.groundAt(x, y).elevationM });
  const spawn = standing(spec.spawn.position.x, spec.spawn.position.y);
  s.enter(1, { position: spawn });
  // From the first morning to about ten.
  s.wait(2 * 3_600_000);
  s.play();
  const [scene, body] = [s.scene(), s.body(1)!];
  // A walk, one step after the other.
  const places = Array.from({ length: looks }, (_, i) =>
    standing(spawn.x + (i - looks / 2) * 1.5, spawn.y + 200 * Math.sin(i / 40)),
  );
  const seen = places.map((position) => animalsInSight(scene, { ...body, position }));
  const animals = seen.flat();

  const measure = <T>(over: readonly T[], what: (one: T) => unknown): string => {
    const times = Array.from({ length: rounds }, () => {
      const started = cpuUs();
      for (const one of over) what(one);
      return (cpuUs() - started) / over.length;
    });
    return shown(times);
  };
  const first = Array.from({ length: Math.min(rounds, 7) }, () => {
    // What is remembered is remembered of a land.
    const anew = { ...scene, place: { ...scene.place, terrain: { ...terrain } } };
    const started = cpuUs();
    animalsInSight(anew, body);
    return (cpuUs() - started) / 1000;
  });
  const some = seen.filter((each) => each.length > 0).length;
  console.log(
    `${name}: animals in ${Math.round((100 * some) / looks)} % of ${looks} looks, ${(animals.length / looks).toFixed(1)} on average; µs of CPU (min, median of ${rounds} rounds)`,
  );
  console.log(`  who is in sight    ${measure(places, (position) => animalsInSight(scene, { ...body, position }))}`);
  console.log(`  a mini-map         ${measure(places, (position) => mapOf(scene, { ...body, position }))}`);
  console.log(`  eco status         ${measure(places, (position) => censusAt(scene, position))}`);
  console.log(`  eco log            ${measure(places, (position) => happeningsAround(scene, position))}`);
  if (animals.length > 0) console.log(`  a lineage          ${measure(animals, ({ id }) => lineageOf(scene, id))}`);
  console.log(`  the first look, ms ${shown(first)}`);
}
