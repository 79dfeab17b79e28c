import { schemaVersionOf, upcast, type Upcasters } from "../lib/upcast.ts";
import type { NewEvent, StoredEvent } from "../ports/world-log.ts";
import { emptyInterview, evolve, type Interview, type InterviewEvent } from "./model.ts";

/** How the payloads of older releases become today's. */
export const interviewUpcasters: Upcasters<InterviewEvent["type"]> = {};

export function toStored({ type, ...payload }: InterviewEvent, atMs: number): NewEvent {
  return { type, schemaVersion: schemaVersionOf(interviewUpcasters, type), payload, metadata: { atMs } };
}

export function fromStored(stored: StoredEvent): InterviewEvent {
  return { type: stored.type, ...(upcast(interviewUpcasters, stored) as object) } as InterviewEvent;
}

export function interviewOf(events: readonly StoredEvent[]): Interview {
  return events.map(fromStored).reduce(evolve, emptyInterview);
}
