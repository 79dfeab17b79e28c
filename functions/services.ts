import { type AuthContext, type AuthService, inlineAuth, remoteAuth } from "#core/account/service.ts";
import { inlinePlayers, type PlayerContext, type PlayerService, remotePlayers } from "#core/character/service.ts";
import type { InterviewContext } from "#core/interview/context.ts";
import type { InterviewVerbs } from "#core/interview/service.ts";
import type { Bus } from "#core/ports/bus.ts";
import { inlineWorlds, remoteWorlds, type WorldVerbs, type WorldVerbsContext } from "#core/world/service.ts";

export type Services = { readonly auth: AuthService; readonly players: PlayerService; readonly worldVerbs: WorldVerbs };

/** Where the verbs of accounts, characters and worlds run: here, or in whichever worker answers on the bus. */
export const servicePlaces = ["inline", "bus"] as const;

export function inlineServices(ctx: AuthContext & PlayerContext & WorldVerbsContext): Services {
  return { auth: inlineAuth(ctx), players: inlinePlayers(ctx), worldVerbs: inlineWorlds(ctx) };
}

export function remoteServices(bus: Bus): Services {
  return { auth: remoteAuth(bus), players: remotePlayers(bus), worldVerbs: remoteWorlds(bus) };
}

/**
 * Interviews run where they are asked for, wherever the verbs they use run; what may take long is done by a worker where there is one. Their code is loaded by
 * whoever asks first: few do, and it reads three languages.
 */
export function withInterviews<Ctx extends InterviewContext & { readonly bus: Bus }>(
  ctx: Ctx,
  place: (typeof servicePlaces)[number],
): Ctx & { readonly interviewVerbs: InterviewVerbs } {
  let loading: Promise<InterviewVerbs> | null = null;
  const verbs = () => (loading ??= loadInterviews(ctx, place));
  const interviewVerbs: InterviewVerbs = {
    start: async (input) => (await verbs()).start(input),
    active: async (input) => (await verbs()).active(input),
    tell: async (input) => (await verbs()).tell(input),
    answerSoon: async (input) => (await verbs()).answerSoon(input),
    finalize: async (input) => (await verbs()).finalize(input),
    converse: async (words) => (await verbs()).converse(words),
  };
  return { ...ctx, interviewVerbs };
}

async function loadInterviews(
  ctx: InterviewContext & { readonly bus: Bus },
  place: (typeof servicePlaces)[number],
): Promise<InterviewVerbs> {
  const { inlineInterviews, remoteInterviews } = await import("#core/interview/service.ts");
  return { ...inlineInterviews(ctx), ...(place === "bus" && remoteInterviews(ctx.bus)) };
}
