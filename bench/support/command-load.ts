import type { Player, Target } from "./lines.ts";

// Ways to load the path of a command.

export async function connectAll(target: Target, players: number): Promise<Player[]> {
  const crew: Player[] = [];
  for (let i = 0; i < players; i++) crew.push(await target.connect());
  return crew;
}

/** One after the other: how long each took, in milliseconds. */
export async function oneAtATime(player: Player, commands: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let i = 0; i < commands; i++) {
    const startedMs = performance.now();
    await new Promise<void>((resolve) => {
      player.onAnswer = resolve;
      player.send(i);
    });
    latencies.push(performance.now() - startedMs);
  }
  return latencies;
}

export type Flood = { readonly commandsPerPlayer: number; readonly inFlightPerPlayer: number };

/** Each player has so many under way all the time: commands a second. */
export async function asFastAsItGoes(crew: readonly Player[], flood: Flood): Promise<number> {
  const startedMs = performance.now();
  await Promise.all(crew.map((player) => window(player, flood)));
  return (crew.length * flood.commandsPerPlayer) / ((performance.now() - startedMs) / 1000);
}

function window(player: Player, flood: Flood): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let sent = 0;
  let answered = 0;
  player.onAnswer = () => {
    if (++answered === flood.commandsPerPlayer) resolve();
    else if (sent < flood.commandsPerPlayer) player.send(sent++);
  };
  while (sent < Math.min(flood.inFlightPerPlayer, flood.commandsPerPlayer)) player.send(sent++);
  return promise;
}

/** Sends by the clock, whether answers come or not: what waits is measured from when it was due. */
export async function atRate(crew: readonly Player[], perSecond: number, seconds: number): Promise<number[]> {
  const latencies: number[] = [];
  const due = crew.map(() => [] as number[]);
  crew.forEach((player, i) => {
    player.onAnswer = () => {
      const dueMs = due[i]?.shift();
      if (dueMs !== undefined) latencies.push(performance.now() - dueMs);
    };
  });
  const startedMs = performance.now();
  const total = Math.floor(perSecond * seconds);
  for (let sent = 0; sent < total;) {
    const dueCount = Math.min(total, Math.floor(((performance.now() - startedMs) / 1000) * perSecond));
    for (; sent < dueCount; sent++) {
      const i = sent % crew.length;
      due[i]?.push(startedMs + (sent / perSecond) * 1000);
      crew[i]?.send(Math.floor(sent / crew.length));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const untilMs = performance.now() + 2000;
  while (latencies.length < total && performance.now() < untilMs) await new Promise((resolve) => setImmediate(resolve));
  return latencies;
}
