// 500 bots at mixed play: commands a second of one world's turns, with every frame that they lead to made ready to be sent. Sockets, streams and
// the database are not in it (command-path.bench.ts has those). The floor is the same lines, parsed and answered with one frame each.
// CPU time, since others may share the cores: 1 s of it is what one core does in a second.
import { parseLine } from "#core/command/parse.ts";
import { rng } from "#core/sim/rng.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { terrainOf } from "#core/world/terrain.ts";
import { stage } from "#tests/support/stage.ts";
import { frameOf } from "#workers/world/frames.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const bots = isSmoke ? 20 : 500;
const rounds = isSmoke ? 2 : 9;
const commandsPerRound = isSmoke ? 40 : 1000;
const commandsPerTurn = 64;
const stamp = { id: "0".repeat(36), atMs: 0 };

/** What people do: mostly walk and look, sometimes talk, now and then something else. */
const play: readonly (readonly [share: number, line: string])[] = [
  [30, "north"],
  [10, "south 5"],
  [10, "run east"],
  [10, "west"],
  [12, "look"],
  [5, "look north"],
  [5, "face southeast"],
  [8, "say does anybody know the way to the lake"],
  [3, ":looks around"],
  [3, "map"],
  [2, "time; inventory"],
  [1, "help look"],
  [1, "lok"],
];
const lines = play.flatMap(([share, line]) => Array<string>(share).fill(line));

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const [lobby, valley] = [readyMadeWorlds[0]!.spec, readyMadeWorlds[1]!.spec];
const terrain = terrainOf(valley);
const places = [
  { name: "spread over the valley", spec: valley, spanM: 1600 },
  { name: "in five groups of the valley", spec: valley, spanM: 0 },
  { name: "all in the lobby", spec: lobby, spanM: null },
] as const;

console.log(`${bots} bots, ${rounds} rounds of ${commandsPerRound} commands, ${commandsPerTurn} a turn`);
for (const { name, spec, spanM } of places) {
  const random = rng(11, "mixed-play");
  const s = stage(spec === valley ? { spec, terrain } : { spec });
  for (let number = 0; number < bots; number++) {
    const at = () => (spanM === null ? 1 + random.int(8000) / 1000 : (random.int(1000) / 1000 - 0.5) * (spanM || 60));
    const group = spanM === 0 ? (number % 5) * 300 - 600 : 0;
    s.enter(number, { position: { x: group + at(), y: spanM === null ? 1 + random.int(2000) / 1000 : at(), z: 0 } });
  }
  const [ours, floor]: [number[], number[]] = [[], []];
  let frames = 0;
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const said = Array.from({ length: commandsPerRound }, () => lines[random.int(lines.length)]!);
    let startedMs = cpuMs();
    for (const line of said) {
      const text = JSON.stringify(parseLine(line));
      bytes += frameOf({ kind: "message", message: { type: "info", text } }, "v1", stamp).length;
    }
    floor.push((said.length * 1000) / (cpuMs() - startedMs));
    startedMs = cpuMs();
    for (let i = 0; i < said.length; i += commandsPerTurn) {
      const inputs = said
        .slice(i, i + commandsPerTurn)
        .map((line) => ({ input: s.commanded(random.int(bots), line), facts: {} }));
      s.wait(100);
      for (const { tell } of s.play(...inputs).tellings) {
        bytes += frameOf(tell, "v1", stamp).length;
        frames++;
      }
    }
    ours.push((said.length * 1000) / (cpuMs() - startedMs));
  }
  const perCommand = frames / (rounds * commandsPerRound);
  const kib = bytes / (rounds * commandsPerRound) / 1024;
  console.log(
    `${name.padEnd(30)} ${Math.round(quantile(ours, 0.5))} commands/s of a core (${Math.round(summary(ours).min)} at worst), ${perCommand.toFixed(1)} frames and ${kib.toFixed(1)} KiB each | floor ${Math.round(quantile(floor, 0.5))} | ratio ${(quantile(ours, 0.5) / quantile(floor, 0.5)).toFixed(3)}`,
  );
}
