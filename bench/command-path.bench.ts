// The whole way of a command: socket → gateway → function → world's stream → turn → events committed → frame, beside a bare `ws` echo.
// Budget (targets.md): p50 ≤ 5 ms in one process; ≥ 5,000 commands/s a worker core. Client and server share the machine's cores.
import { asFastAsItGoes, atRate, connectAll, oneAtATime } from "./support/command-load.ts";
import { echoTarget, gameTarget, type Player, type Target } from "./support/lines.ts";
import { startEcho, startGame } from "./support/processes.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 7;
const players = isSmoke ? 4 : 32;
const alone = { commands: isSmoke ? 20 : 500 };
const flood = { commandsPerPlayer: isSmoke ? 10 : 200, inFlightPerPlayer: 8 };
const openLoop = { seconds: isSmoke ? 1 : 5 };

await using echo = await startEcho();
await using game = await startGame();
const targets: Target[] = [echoTarget(echo.port), gameTarget(game.port)];
const crews = await Promise.all(targets.map(async (target) => ({ target, crew: await connectAll(target, players) })));
const rows = crews.map(({ target, crew }) => ({
  target,
  crew,
  p50: [] as number[],
  p99: [] as number[],
  perSecond: [] as number[],
}));

for (let round = 0; round < rounds; round++) {
  for (const row of rows) {
    const latencies = await oneAtATime(row.crew[0] as Player, alone.commands);
    row.p50.push(quantile(latencies, 0.5));
    row.p99.push(quantile(latencies, 0.99));
    row.perSecond.push(await asFastAsItGoes(row.crew, flood));
  }
}
console.log(
  `command path: ${rounds} interleaved rounds, ${players} players, ${flood.inFlightPerPlayer} commands of each in flight\n`,
);
console.log("one at a time: p50 ms (min, median of rounds) | p99 ms | at full load: commands/s (median, best)");
for (const { target, p50, p99, perSecond } of rows) {
  const [a, b] = [summary(p50), summary(p99)];
  const best = Math.max(...perSecond);
  console.log(
    `${target.name.padEnd(18)} ${a.min.toFixed(2)} ${a.median.toFixed(2)} | ${b.median.toFixed(2)} | ${Math.round(quantile(perSecond, 0.5))} ${Math.round(best)}`,
  );
}
const [floor, ours] = rows.map(({ perSecond }) => quantile(perSecond, 0.5));
console.log(
  `\nratio at full load: ${((ours ?? 0) / (floor ?? 1)).toFixed(3)} of the echo; the generator drove the echo ${((floor ?? 0) / (ours ?? 1)).toFixed(1)} times as fast, so it is not the bottleneck.`,
);

const half = (ours ?? 0) / 2;
const gameCrew = rows[1]?.crew ?? [];
const atHalf = await atRate(gameCrew, half, openLoop.seconds);
console.log(
  `open loop at half load (${Math.round(half)} commands/s): p50 ${quantile(atHalf, 0.5).toFixed(2)} ms, p99 ${quantile(atHalf, 0.99).toFixed(2)} ms over ${atHalf.length} commands`,
);
console.log(`memory of the game process: ${Math.round((await game.rssBytes()) / 2 ** 20)} MiB`);
for (const { crew } of rows) for (const player of crew) player.close();
