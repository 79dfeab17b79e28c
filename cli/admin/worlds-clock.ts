import { randomUUID } from "node:crypto";
import { operator, type Wish } from "#core/world/act-on-world.ts";
import type { ClockReading } from "#core/world/read-clock.ts";
import { UsageError } from "../run.ts";
import type { Answer, Command } from "./command.ts";
import type { AdminContext } from "./context.ts";
import { findWorld } from "./find.ts";

export const worldsPause: Command = {
  name: "worlds pause",
  usage: "<world>",
  about: "Stops a world's time. <world>: id or name. Here and below through the workers, with NATS_URL.",
  positionals: 1,
  run: (ctx, { positionals: [text = ""] }) => change(ctx, text, (wish) => ctx.worldVerbs.pause(wish)),
};

export const worldsResume: Command = {
  name: "worlds resume",
  usage: "<world>",
  about: "Lets a world's time go on; one that is quarantined is tried again.",
  positionals: 1,
  run: (ctx, { positionals: [text = ""] }) => change(ctx, text, (wish) => ctx.worldVerbs.resume(wish)),
};

export const worldsSpeed: Command = {
  name: "worlds speed",
  usage: "<world> <factor>",
  about: "Sets how many seconds of a world pass in one of ours: 0.1 to 100.",
  positionals: 2,
  async run(ctx, { positionals: [text = "", factor = ""] }) {
    const dilation = Number(factor);
    if (!(dilation >= 0.1 && dilation <= 100)) throw new UsageError("<factor> must be a number from 0.1 to 100.");
    return change(ctx, text, (wish) => ctx.worldVerbs.setDilation({ ...wish, dilation }));
  },
};

async function change(ctx: AdminContext, text: string, work: (wish: Wish) => Promise<ClockReading>): Promise<Answer> {
  const { id, name } = await findWorld(ctx, text);
  const clock = await work({ principal: operator, requestId: randomUUID(), worldId: id });
  const words = clock.isPaused ? "stands still" : `runs at ${clock.dilation}`;
  return { json: { id, name, ...clock }, text: `${name} ${words}.` };
}
