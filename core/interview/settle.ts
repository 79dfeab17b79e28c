import { lobbyWorldId, type UserId } from "../lib/ids.ts";
import type { WorldRecord } from "../world/spec.ts";
import { firstClockOf } from "../world/first-clock.ts";
import { scripted } from "./ask-next.ts";
import type { InterviewContext } from "./context.ts";
import { keep, overtaken, ownInterview } from "./keep.ts";
import { evolve, type Interview, type InterviewEvent, type InterviewId } from "./model.ts";
import { doneId, speak } from "./speak.ts";
import { viewOf } from "./view.ts";

type Ctx = Pick<
  InterviewContext,
  "interviews" | "worlds" | "clock" | "log" | "accounts" | "connections" | "inputs" | "entropy"
>;
type Whose = { readonly userId: UserId; readonly id: InterviewId };

/** A planet that could not be made so often is given up, and its name is free again. */
export const generationFaultsMax = 3;

/**
 * What has become of the world that an interview makes. One that is there is announced, its maker is told, and only then the interview is over:
 * cut off in between, all of it is done again, and whoever heard of it hears of it once. One that cannot be made is taken back, and the
 * interview goes on. Changes nothing while it is still being made, or where there is none.
 */
export async function settle(ctx: Ctx, whose: Whose, state: Interview): Promise<Interview> {
  if (state.status !== "open" || state.pending === null) return state;
  const world = await ctx.worlds.get(state.pending.worldId);
  if (world === null || world.ownerId !== whose.userId) return state;
  if (world.status !== "generating") return complete(ctx, whose, state, world);
  if ((world.fault?.count ?? 0) < generationFaultsMax) return state;
  return takeBack(ctx, whose, state, world);
}

async function complete(ctx: Ctx, whose: Whose, state: Interview, world: WorldRecord): Promise<Interview> {
  const { worldId, specification } = state.pending!;
  const completed: InterviewEvent = { type: "completed", worldId, specification };
  const asked = scripted(evolve(state, completed));
  await ctx.inputs.append(lobbyWorldId, {
    type: "worldMade",
    id: `made:${worldId}` as never,
    userId: whose.userId,
    world: { worldId, name: world.name },
  });
  await speak(ctx, whose.userId, {
    id: doneId(whose.id),
    text: asked.text,
    interviewId: whose.id,
    isFirst: false,
    isCompleted: true,
  });
  const kept = await keep(ctx, whose.id, state, [completed, asked]);
  if (kept !== null) return kept;
  const now = await ownInterview(ctx, whose, whose.id);
  if (now.status !== "open") return now;
  // Something was said meanwhile; the world is there all the same.
  const after = await keep(ctx, whose.id, now, [completed, asked]);
  if (after === null) throw overtaken();
  return after;
}

/** Its log has what `createWorld` began it with, and nothing else: nobody has ever opened it. */
async function takeBack(ctx: Ctx, whose: Whose, state: Interview, world: WorldRecord): Promise<Interview> {
  ctx.log.warn({ worldId: world.id, interviewId: whose.id, fault: world.fault }, "a planet could not be made");
  const clock = world.clock ?? firstClockOf(world.spec, ctx.clock.nowMs());
  await ctx.worlds.follow(world.id, { version: beginningEvents, status: "deleted", clock });
  const failed: InterviewEvent = { type: "creationFailed", why: "unmakeable" };
  const kept = await keep(ctx, whose.id, state, [failed, scripted(evolve(state, failed))]);
  if (kept === null) return ownInterview(ctx, whose, whose.id);
  await speak(ctx, whose.userId, {
    id: `failed:${world.id}`,
    text: viewOf(whose.id, kept).question,
    interviewId: whose.id,
    isFirst: false,
    isCompleted: false,
  });
  return kept;
}
const beginningEvents = 2;
