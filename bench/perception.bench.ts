// What is near, from the index in the owner's memory, beside its floor: a loop over everything that is there. Budget (targets.md): a radius query
// over 100,000 things in ≤ 20 µs. Then one place with 1,000 characters: who sees a step, and a whole turn with one.
import { nearIndex } from "#core/world/near-index.ts";
import { distanceM, type Position } from "#core/world/space.ts";
import { inSight, witnesses } from "#core/world/perception.ts";
import { hallSpec, stage } from "#tests/support/stage.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 2 : 31;
const things = isSmoke ? 2000 : 100_000;
const queriesIndexed = isSmoke ? 50 : 300;
const queriesNaive = isSmoke ? 2 : 3;

/** The same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Of this process: others may share the cores. */
const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
const us = (startedUs: number, times: number): number => (cpuUs() - startedUs) / times;

type Spread = { readonly name: string; readonly radiusM: number | null; place(next: () => number): Position };
const sphereM = 637_100;
const spreads: readonly Spread[] = [
  {
    name: "evenly over 10 × 10 km",
    radiusM: null,
    place: (next) => ({ x: next() * 10_000, y: next() * 10_000, z: 0 }),
  },
  {
    name: "in 100 towns of 300 m",
    radiusM: null,
    place(next) {
      const town = Math.floor(next() * 100);
      return { x: (town % 10) * 1000 + next() * 300, y: Math.floor(town / 10) * 1000 + next() * 300, z: 0 };
    },
  },
  {
    name: "around a pole of a sphere",
    radiusM: sphereM,
    place: (next) => ({ x: (next() * 2 - 1) * Math.PI * sphereM, y: (Math.PI / 2) * sphereM - next() * 5000, z: 0 }),
  },
];

console.log(
  `radius queries over ${things} things, ${rounds} interleaved rounds: µs of CPU a query (min, median), found on average`,
);
for (const { name, radiusM, place } of spreads) {
  const space = { radiusM, bounds: null };
  const next = random(7);
  const all = Array.from({ length: things }, () => place(next));
  const index = nearIndex<number>(space);
  const startedUs = cpuUs();
  all.forEach((position, id) => index.set(id, position));
  const insertUs = us(startedUs, things);
  for (const reachM of [20, 60]) {
    const from = Array.from({ length: queriesIndexed }, () => all[Math.floor(next() * things)]!);
    const [indexed, naive]: [number[], number[]] = [[], []];
    let found = 0;
    let scanned = 0;
    for (let round = 0; round < rounds; round++) {
      found = 0;
      let begunUs = cpuUs();
      for (const position of from) found += index.within(position, reachM).length;
      indexed.push(us(begunUs, from.length));
      begunUs = cpuUs();
      for (const position of from.slice(0, queriesNaive))
        scanned += all.filter((other) => distanceM(space, position, other) <= reachM).length;
      naive.push(us(begunUs, queriesNaive));
    }
    if (scanned === 0) throw new Error("the scan found nothing, not even who asks");
    const [a, b] = [summary(indexed), summary(naive)];
    console.log(
      `${name.padEnd(28)} ${String(reachM).padStart(3)} m: index ${a.min.toFixed(1)} ${a.median.toFixed(1)} | scan ${b.min.toFixed(0)} ${b.median.toFixed(0)} | ratio ${(b.median / a.median).toFixed(0)} | ${(found / from.length).toFixed(1)} found; put in ${insertUs.toFixed(2)}`,
    );
  }
}

const people = isSmoke ? 50 : 1000;
const valley = readyMadeWorlds[1]!.spec;
for (const [name, spec] of [
  ["a hall", hallSpec],
  ["the valley", { ...valley, bounds: valley.bounds }],
] as const) {
  const s = stage({ spec });
  const next = random(3);
  for (let number = 0; number < people; number++)
    s.enter(number, { position: { x: 1 + next() * 8, y: 1 + next() * 2, z: 0 } });
  const [seeing, witnessing, stepping]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const number = round % people;
    const [scene, body] = [s.scene(), s.body(number)!];
    let begunUs = cpuUs();
    inSight(scene, body);
    seeing.push(us(begunUs, 1));
    begunUs = cpuUs();
    witnesses(scene, body);
    witnessing.push(us(begunUs, 1));
    begunUs = cpuUs();
    s.say(number, round % 2 === 0 ? "east" : "west");
    stepping.push(us(begunUs, 1));
  }
  console.log(
    `${people} in ${name}: in sight ${quantile(seeing, 0.5).toFixed(0)} µs, witnesses ${quantile(witnessing, 0.5).toFixed(0)} µs, a turn with one step ${quantile(stepping, 0.5).toFixed(0)} µs (medians of ${seeing.length})`,
  );
}
