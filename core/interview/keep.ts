import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { Interviews } from "../ports/interviews.ts";
import type { Clock } from "../ports/system.ts";
import { evolve, isBeingMade, type Interview, type InterviewEvent, type InterviewId } from "./model.ts";
import { interviewOf, toStored } from "./stored.ts";

type Ctx = { readonly interviews: Interviews; readonly clock: Clock };

/** The state of one's own interview. Throws NOT_FOUND for any other. */
export async function ownInterview(
  { interviews }: Ctx,
  { userId }: Pick<Principal, "userId">,
  id: InterviewId,
): Promise<Interview> {
  const stored = await interviews.get(id);
  if (stored?.userId !== userId) throw new AppError("NOT_FOUND", "There is no such interview of yours.");
  return interviewOf(stored.events);
}

/** The state after these events, which are kept when it resolves; null where somebody else has changed the interview meanwhile. */
export async function keep(
  { interviews, clock }: Ctx,
  id: InterviewId,
  state: Interview,
  events: readonly InterviewEvent[],
): Promise<Interview | null> {
  if (events.length === 0) return state;
  const next = events.reduce(evolve, state);
  const atMs = clock.nowMs();
  const outcome = await interviews.append(id, {
    expectedVersion: state.version,
    events: events.map((event) => toStored(event, atMs)),
    status: next.status === "none" ? "open" : next.status,
    makes: isBeingMade(next) ? next.pending!.worldId : null,
    atMs,
  });
  return outcome === "appended" ? next : null;
}

export const overtaken = (): AppError =>
  new AppError("CONFLICT", "Another message of yours was quicker. See where the interview stands, and say it again.");
