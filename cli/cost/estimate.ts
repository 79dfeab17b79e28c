import { hoursPerMonth, minutesPerMonth, type Prices } from "./prices.ts";

/** What a month brings. All of it may be said on the command line. */
export type Load = {
  /** Who plays at all in the month. */
  readonly players: number;
  /** Connected at once, on the average of the month; the peak is `peakFactor` times that. */
  readonly connected: number;
  readonly peakFactor: number;
  readonly commandsPerMinute: number;
  /** Things told by one command, to all who notice: an answer, a state, what the others see. */
  readonly tellingsPerCommand: number;
  /** Things told to one socket by one turn go out together: so many in a frame, on the average. */
  readonly tellingsPerFrame: number;
  readonly frameBytes: number;
  readonly sessionHours: number;
  readonly requestsPerSession: number;
  /** Awake at once, on the average. */
  readonly worlds: number;
  readonly modelCallsPerPlayerHour: number;
  readonly secondsPerModelCall: number;
  readonly callsAtOncePerGpu: number;
  /** How busy GPUs are that one pays for. */
  readonly gpuUse: number;
  /** Months of events that are kept. */
  readonly monthsKept: number;
};

export const defaultLoad = {
  peakFactor: 3,
  commandsPerMinute: 6,
  tellingsPerCommand: 4,
  tellingsPerFrame: 2,
  frameBytes: 400,
  sessionHours: 1,
  requestsPerSession: 8,
  modelCallsPerPlayerHour: 4,
  secondsPerModelCall: 3,
  callsAtOncePerGpu: 4,
  gpuUse: 0.5,
  monthsKept: 12,
} as const;

/** Of those who play in a month, connected at once; of those connected, worlds. Guesses, until there are players. */
export const connectedShare = 0.05;
export const worldsPerConnected = 0.2;

/** What `infra/` gives each part, and what docs/performance.md says it carries. */
export const sizing = {
  lambdaGb: 0.5,
  lambdaSeconds: 0.03,
  worldsPerWorker: 100,
  commandsPerWorkerSecond: 500,
  commitsPerUnitSecond: 500,
  bytesPerEvent: 400,
  logBytesPerInvocation: 700,
  natsServers: 3,
  natsDiskGb: 28,
  zones: 3,
  metrics: 40,
  pageBytes: 1_000_000,
} as const;

export type Part = { readonly name: string; readonly usd: number; readonly why: string };
export type Estimate = {
  readonly parts: readonly Part[];
  readonly totalUsd: number;
  /** What it would cost more if each telling went out as a frame of its own. */
  readonly savedByCoalescingUsd: number;
  /** … and if a frame went out to everybody at each of ten ticks a second. */
  readonly savedByNoTickFramesUsd: number;
};

export function estimate(load: Load, prices: Prices): Estimate {
  const counts = countsOf(load);
  const parts = [
    ...edgeParts(load, counts, prices),
    ...fleetParts(load, counts, prices),
    ...storeParts(load, counts, prices),
  ];
  const perTelling = countsOf({ ...load, tellingsPerFrame: 1 });
  const perTick = { ...counts, frames: counts.frames + load.connected * minutesPerMonth * 60 * 10 };
  const edge = (of: Counts) => sum(framesParts(load, of, prices));
  return {
    parts,
    totalUsd: sum(parts),
    savedByCoalescingUsd: edge(perTelling) - edge(counts),
    savedByNoTickFramesUsd: edge(perTick) - edge(counts),
  };
}

type Counts = {
  readonly connectionMinutes: number;
  readonly commands: number;
  readonly frames: number;
  readonly sessions: number;
  readonly requests: number;
  readonly invocations: number;
};

/** Of a month. */
export function countsOf(load: Load): Counts {
  const connectionMinutes = load.connected * minutesPerMonth;
  const commands = connectionMinutes * load.commandsPerMinute;
  const sessions = (load.connected * hoursPerMonth) / load.sessionHours;
  const requests = sessions * load.requestsPerSession;
  return {
    connectionMinutes,
    commands,
    frames: (commands * load.tellingsPerCommand) / load.tellingsPerFrame,
    sessions,
    requests,
    // Each command, each request, and two for each session: it begins, it ends.
    invocations: commands + requests + 2 * sessions,
  };
}

/** What grows with the frames that go out: messages, the outbox that keeps them for resume, bytes. */
function framesParts(load: Load, { commands, frames, requests, sessions }: Counts, p: Prices): Part[] {
  const messages = commands + frames;
  const [first, more] = [Math.min(messages, 1e9), Math.max(0, messages - 1e9)];
  const gb = (frames * load.frameBytes + load.players * sizing.pageBytes) / 1e9;
  const redis = commands + frames + 2 * requests + 6 * sessions;
  return [
    {
      name: "API Gateway: messages",
      usd: first * p.socketMessage.usd + more * p.socketMessageMore.usd,
      why: `${count(commands)} commands, ${count(frames)} frames`,
    },
    {
      name: "Redis (Upstash)",
      usd: redis * p.redisCommand.usd,
      why: `${count(redis)} commands: one for each command and frame, some for each request and session`,
    },
    { name: "CloudFront: bytes", usd: gb * p.transferGb.usd, why: `${count(gb)} GB of frames and pages` },
  ];
}

function edgeParts(load: Load, counts: Counts, p: Prices): Part[] {
  const { connectionMinutes, requests, sessions, invocations } = counts;
  const gbSeconds = invocations * sizing.lambdaGb * sizing.lambdaSeconds;
  const logGb = (invocations * sizing.logBytesPerInvocation) / 1e9;
  return [
    ...framesParts(load, counts, p),
    {
      name: "API Gateway: connections",
      usd: connectionMinutes * p.connectionMinute.usd,
      why: `${count(connectionMinutes)} minutes`,
    },
    {
      name: "API Gateway and CloudFront: requests",
      usd: requests * p.httpRequest.usd + (requests + sessions) * p.routerRequest.usd,
      why: `${count(requests)} requests, ${count(sessions)} handshakes`,
    },
    {
      name: "Lambda",
      usd: invocations * p.lambdaRequest.usd + gbSeconds * p.lambdaGbSecond.usd,
      why: `${count(invocations)} invocations of ${sizing.lambdaSeconds * 1000} ms at ${sizing.lambdaGb * 1024} MB`,
    },
    {
      name: "Logs and metrics",
      usd: logGb * p.logGb.usd + sizing.metrics * p.metricMonth.usd,
      why: `${count(logGb)} GB, ${sizing.metrics} metrics`,
    },
  ];
}

/** Workers that worlds and commands need on the average; `infra/` keeps two of each role at least. */
export function worldWorkers({ worlds, connected, commandsPerMinute }: Load): number {
  const byCommands = (connected * commandsPerMinute) / 60 / sizing.commandsPerWorkerSecond;
  return Math.max(2, Math.ceil(worlds / sizing.worldsPerWorker), Math.ceil(byCommands));
}

function fleetParts(load: Load, { commands, frames }: Counts, p: Prices): Part[] {
  const task = (vcpu: number, gb: number) => (vcpu * p.fargateVcpuHour.usd + gb * p.fargateGbHour.usd) * hoursPerMonth;
  const worlds = worldWorkers(load);
  const calls = load.connected * hoursPerMonth * load.modelCallsPerPlayerHour;
  const gpuHours = (calls * load.secondsPerModelCall) / 3600 / load.callsAtOncePerGpu / load.gpuUse;
  const gateways = calls === 0 ? 0 : 1;
  const tasks = worlds + 4 + gateways;
  const addresses = tasks + sizing.natsServers + sizing.zones;
  const natsGb = ((commands * 2 + frames) * load.frameBytes) / 1e9;
  return [
    { name: "Fargate: world workers", usd: worlds * task(1, 2), why: `${worlds} of 1 vCPU and 2 GB` },
    {
      name: "Fargate: auth, player, AI gateway",
      usd: 2 * task(1, 2) + (2 + gateways) * task(0.5, 1),
      why: `2, 2 and ${gateways}`,
    },
    {
      name: "NATS",
      usd: sizing.natsServers * (p.natsServerHour.usd * hoursPerMonth + sizing.natsDiskGb * p.diskGbMonth.usd),
      why: `${sizing.natsServers} c7g.large with ${sizing.natsDiskGb} GB each`,
    },
    {
      name: "Balancer of NATS",
      usd: p.balancerHour.usd * hoursPerMonth + natsGb * p.balancerUnitHour.usd,
      why: `${count(natsGb)} GB through it`,
    },
    { name: "Addresses", usd: addresses * p.addressMonth.usd, why: `${addresses}: tasks, NATS, the balancer` },
    {
      name: "GPUs",
      usd: gpuHours * p.gpuHour.usd,
      why: `${count(calls)} calls of ${load.secondsPerModelCall} s, ${load.callsAtOncePerGpu} at once, ${load.gpuUse * 100} % busy: ${count(gpuHours)} h`,
    },
  ];
}

function storeParts(load: Load, { commands }: Counts, p: Prices): Part[] {
  const perSecond = commands / (minutesPerMonth * 60);
  const units = Math.max(0.25, (perSecond * load.peakFactor) / sizing.commitsPerUnitSecond);
  const gb = (commands * sizing.bytesPerEvent * load.monthsKept) / 1e9;
  return [
    {
      name: "Postgres (Neon): compute",
      usd: units * hoursPerMonth * p.databaseUnitHour.usd,
      why: `${units.toFixed(2)} CU for a peak of ${count(perSecond * load.peakFactor)} commits a second`,
    },
    {
      name: "Postgres (Neon): storage",
      usd: gb * p.databaseGbMonth.usd,
      why: `${count(gb)} GB of events, ${load.monthsKept} months`,
    },
  ];
}

export function sum(parts: readonly Part[]): number {
  return parts.reduce((total, { usd }) => total + usd, 0);
}

/** Three digits that matter: 1.23 k, 45.6 M. */
export function count(value: number): string {
  const [scale, unit] = value >= 1e9 ? [1e9, " G"] : value >= 1e6 ? [1e6, " M"] : value >= 1e4 ? [1e3, " k"] : [1, ""];
  return `${Number((value / scale).toPrecision(3))}${unit}`;
}
