import { AppError } from "../lib/errors.ts";
import type { EventFeed, FeedEvent, Projections } from "../ports/feed.ts";
import type { Clock, Log } from "../ports/system.ts";
import { follow } from "./follow.ts";

type Ctx = { feed: EventFeed; projections: Projections; clock: Clock; log: Log };

const storeAgainMs = 1000;

/** A view of the events: documents that each follow from those events that concern them, and from nothing else. */
export type Projection<Document> = {
  /** With the version of its rule (`visits.v1`): another rule is another projection, which begins with the first event. */
  readonly name: string;
  /** Of the documents that the event concerns. */
  keysOf(event: FeedEvent): readonly string[];
  /** Pure. null: there is no such document (any more). */
  evolve(document: Document | null, event: FeedEvent, key: string): Document | null;
};

/**
 * Keeps a projection up with the events until the signal aborts. Every event counts once, whatever is killed when: the documents and the
 * position that they stand for are stored in one step, which is refused to whoever thinks it stands elsewhere. So any number may run the same
 * projection; one of them is of use.
 */
export async function project<Document>(
  ctx: Ctx,
  projection: Projection<Document>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const moved = new AbortController();
    const after = await positionOf(ctx, projection.name, signal);
    if (after === null) return;
    let from = after;
    await follow(ctx, {
      after,
      signal: AbortSignal.any([signal, moved.signal]),
      async handle(events) {
        const step = await apply(ctx, projection, { from, events, signal });
        if (step === null) moved.abort();
        else from = step;
      },
    });
  }
}

/** The position that it has moved to; null where it must look again where it stands. */
async function apply<Document>(
  { projections, clock, log }: Ctx,
  projection: Projection<Document>,
  {
    from,
    events,
    signal,
  }: { readonly from: number; readonly events: readonly FeedEvent[]; readonly signal: AbortSignal },
): Promise<number | null> {
  const { name } = projection;
  const to = events.at(-1)?.position ?? from;
  try {
    const keys = [...new Set(events.flatMap((event) => projection.keysOf(event)))];
    const documents = new Map((await projections.get(name, keys)) as ReadonlyMap<string, Document | null>);
    for (const event of events) {
      for (const key of projection.keysOf(event)) {
        documents.set(key, projection.evolve(documents.get(key) ?? null, event, key));
      }
    }
    return (await projections.advance({ name, from, to, documents })) === "advanced" ? to : null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // It may be stored or not: where the projection stands will tell.
    log.warn({ error, projection: name }, "a projection could not be stored");
    await clock.sleep(storeAgainMs, signal);
    return null;
  }
}

async function positionOf({ projections, clock, log }: Ctx, name: string, signal: AbortSignal): Promise<number | null> {
  while (!signal.aborted) {
    try {
      return await projections.position(name);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ error, projection: name }, "a projection's position cannot be read");
      await clock.sleep(storeAgainMs, signal);
    }
  }
  return null;
}
