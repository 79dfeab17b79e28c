// The whole way of a command over the real services: socket → gateway → functions' process → Redis → NATS → one world worker → Postgres → frame
// through `@connections`. Beside it the bare `ws` echo, and the way of a `ping`, which is answered by the functions: socket, gateway, functions,
// Redis and `@connections`, without the world. All on the same cores as the client. Budget (targets.md): p50 ≤ 10 ms, p99 ≤ 50 ms at half load.
import { findNats } from "#dev/servers/nats.ts";
import { findPostgres } from "#dev/servers/postgres.ts";
import { findRedis } from "#dev/servers/redis.ts";
import { asFastAsItGoes, atRate, connectAll, oneAtATime } from "./support/command-load.ts";
import { echoTarget, gameTarget, pingTarget, type Target } from "./support/lines.ts";
import { startEcho, startServicesApart } from "./support/processes.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 5;
const players = isSmoke ? 2 : 16;
const aloneCommands = isSmoke ? 10 : 200;
const flood = { commandsPerPlayer: isSmoke ? 10 : 100, inFlightPerPlayer: 8 };
const openLoopSeconds = isSmoke ? 1 : 5;

if (findPostgres() === null || findRedis() === null || findNats() === null) {
  console.log(
    "command path over services: Postgres with PostGIS, Redis and NATS are not all on this machine; nothing was measured",
  );
} else {
  await bench();
}

async function bench(): Promise<void> {
  await using echo = await startEcho();
  await using services = await startServicesApart();
  const targets: Target[] = [echoTarget(echo.port), pingTarget(services.port), gameTarget(services.port)];
  const rows = [];
  for (const target of targets) {
    const crew = await connectAll(target, players);
    rows.push({ target, crew, p50: [] as number[], p99: [] as number[], perSecond: [] as number[] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { crew, p50, p99, perSecond } of rows) {
      const latencies = await oneAtATime(crew[0]!, aloneCommands);
      p50.push(quantile(latencies, 0.5));
      p99.push(quantile(latencies, 0.99));
      perSecond.push(await asFastAsItGoes(crew, flood));
    }
  }
  console.log(
    `command path over services: ${rounds} interleaved rounds, ${players} players, ${flood.inFlightPerPlayer} commands of each in flight\n`,
  );
  console.log(
    "one at a time: p50 ms (min, median of rounds) | p99 ms (min, median) | at full load: commands/s (median, best)",
  );
  for (const { target, p50, p99, perSecond } of rows) {
    const [a, b] = [summary(p50), summary(p99)];
    const full = [quantile(perSecond, 0.5), Math.max(...perSecond)].map(Math.round).join(" ");
    const alone = [a.min, a.median].map((ms) => ms.toFixed(2)).join(" ");
    console.log(`${target.name.padEnd(20)} ${alone} | ${b.min.toFixed(2)} ${b.median.toFixed(2)} | ${full}`);
  }
  const game = rows.at(-1)!;
  const half = quantile(game.perSecond, 0.5) / 2;
  const atHalf = await atRate(game.crew, half, openLoopSeconds);
  console.log(
    `\nopen loop at half load (${Math.round(half)} commands/s): p50 ${quantile(atHalf, 0.5).toFixed(2)} ms, p99 ${quantile(atHalf, 0.99).toFixed(2)} ms over ${atHalf.length} commands`,
  );
  for (const { crew } of rows) for (const player of crew) player.close();
  // Their goodbyes are taken before the functions end.
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
