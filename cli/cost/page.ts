import {
  connectedShare,
  defaultLoad,
  estimate,
  type Estimate,
  type Load,
  sizing,
  worldsPerConnected,
} from "./estimate.ts";
import { hoursPerMonth, type Price, prices, region } from "./prices.ts";

const steps = [1_000, 100_000, 10_000_000];

export function loadOf(players: number): Load {
  const connected = players * connectedShare;
  return { ...defaultLoad, players, connected, worlds: connected * worldsPerConnected };
}

/** docs/cost.md, whole. */
export function costPage(): string {
  const estimates = steps.map((players) => ({ players, of: estimate(loadOf(players), prices) }));
  const rows = estimates[0]!.of.parts.map(({ name }, i) => [
    name,
    ...estimates.map(({ of }) => dollars(of.parts[i]!.usd)),
  ]);
  const heads = estimates.map(({ players }) => `${players.toLocaleString("en")} players`);
  const line = (name: string, pick: (of: Estimate) => number) => [
    name,
    ...estimates.map(({ of }) => dollars(pick(of))),
  ];
  return `# What it costs

Written by \`node cli/cost.ts --page\`; do not edit. Dollars a month of ${hoursPerMonth} hours in ${region}, on demand, before free tiers, discounts and taxes, for \`infra/\` as it is with Neon and Upstash. Nothing here has met a bill: the
sizes are those of docs/performance.md, the prices those of the table below. \`npm run cost -- --players 5000 --model-calls-per-player-hour 0\` does it for other numbers; \`--help\` names them all.

Supposed: ${connectedShare * 100} % of those who play in a month are connected at once on the average, ${defaultLoad.peakFactor} times that at the peak, each with ${defaultLoad.commandsPerMinute} commands a minute; a command tells ${defaultLoad.tellingsPerCommand} things, and ${defaultLoad.tellingsPerFrame} of them go out in one frame of
${defaultLoad.frameBytes} bytes; ${worldsPerConnected} worlds are awake for each who is connected; ${defaultLoad.modelCallsPerPlayerHour} calls to a model for each hour of play, ${defaultLoad.secondsPerModelCall} s each, ${defaultLoad.callsAtOncePerGpu} at once on a GPU that is busy ${defaultLoad.gpuUse * 100} % of its time.

${table(["part", ...heads], [...rows, line("**all**", ({ totalUsd }) => totalUsd), ["a player", ...estimates.map(({ players, of }) => `${((of.totalUsd / players) * 100).toFixed(1)} ¢`)]])}

What is not spent, because all that a turn tells to a socket goes out as one frame, and because ticks send nothing (messages, Redis and bytes alone):

${table(["", ...heads], [line("by coalescing", ({ savedByCoalescingUsd }) => savedByCoalescingUsd), line("by no frame at each of ten ticks a second", ({ savedByNoTickFramesUsd }) => savedByNoTickFramesUsd)])}

## What to do about it

- **Redis and GPUs are most of it** beyond a few thousand players. Redis, because each command is paid for, at twice what a message costs: above some 30 M commands a month one of Upstash's fixed plans, or Valkey in the account (\`TW_DATA=own\`), is
  cheaper. GPUs: a smaller model, more calls at once, or fewer; without any (\`--model-calls-per-player-hour 0\`) players read the scripted voice.
- Then come messages and storage. Events are kept for ${defaultLoad.monthsKept} months here; old ones that snapshots cover could go to S3, which is not built.
- For a thousand players most is what stands there anyway: three NATS servers, and two of each worker.
- At 10 M players everything on demand is the wrong way to buy: docs/scaling.md says what changes before.

## Prices

"memory" is nobody's page: check it before it is relied on. What others have read was found in stored copies, not on the live page.

${table(
  ["$", "for", "source", "read"],
  Object.values<Price>(prices).map(({ usd, per, source, read }) => [
    shortest(usd),
    per,
    source,
    read === "memory" ? "**memory**" : read,
  ]),
)}

Sizes that follow from measurements: a world worker has ${sizing.worldsPerWorker} worlds and ${sizing.commandsPerWorkerSecond} commands a second; a CU of Postgres ${sizing.commitsPerUnitSecond} commits a second; a command is one event of ${sizing.bytesPerEvent} bytes; an invocation takes ${sizing.lambdaSeconds * 1000} ms.
`;
}

/** What the command prints. */
export function costText(load: Load): string {
  const { parts, totalUsd, savedByCoalescingUsd, savedByNoTickFramesUsd } = estimate(load, prices);
  const rows = parts.map(({ name, usd, why }) => `  ${name.padEnd(38)} ${dollars(usd).padStart(12)}   ${why}`);
  return [
    `${load.players} players a month, ${load.connected} connected on the average, ${load.worlds} worlds awake (${region}, on demand)`,
    "",
    ...rows,
    "",
    `  ${"all".padEnd(38)} ${dollars(totalUsd).padStart(12)}   a month`,
    "",
    `  saved by coalescing frames ${dollars(savedByCoalescingUsd)}, by sending none at ticks ${dollars(savedByNoTickFramesUsd)}`,
    "  prices and their sources: docs/cost.md",
  ].join("\n");
}

export function dollars(usd: number): string {
  return `$${usd >= 100 ? Math.round(usd).toLocaleString("en") : usd.toFixed(2)}`;
}

const shortest = (usd: number): string =>
  usd < 0.001 ? `${Number((usd * 1e6).toPrecision(6))} a million` : String(usd);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => "---"), ...rows];
  return all.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
