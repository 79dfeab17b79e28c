import { AppError } from "../../lib/errors.ts";
import type { CharacterId } from "../../lib/ids.ts";
import type { CharacterLog } from "../../ports/character-log.ts";
import type { PastMoment } from "../../protocol/character-history.ts";
import { evolve } from "./evolve.ts";
import type { Biography } from "./model.ts";
import { fromBiographySnapshot, fromStoredBiography, toBiographySnapshot } from "./stored.ts";

/** After so many events read for one question, what they came to is kept for the next. */
export const eventsPerSnapshot = 200;
export const eventsPerReadMax = 1000;
/** Of one question; a life of years. */
export const eventsReplayedMax = 100_000;

/** A life as it was at a version or a moment, or as it is. null where it had not begun. Throws UNAVAILABLE where too much would have to be read. */
export async function readBiography(
  log: CharacterLog,
  id: CharacterId,
  moment: PastMoment = {},
): Promise<Biography | null> {
  const until = moment.version ?? (moment.atMs === undefined ? Infinity : await log.versionAt(id, moment.atMs));
  const snapshot = await log.snapshotAt(id, until);
  let life = snapshot === null ? null : fromBiographySnapshot(snapshot);
  let read = 0;
  while ((life?.version ?? 0) < until) {
    const from = life?.version ?? 0;
    const page = await log.read(id, from, Math.min(eventsPerReadMax, until - from));
    for (const { event, metadata } of page.map(fromStoredBiography)) life = evolve(life, event, metadata);
    read += page.length;
    if (page.length < eventsPerReadMax) break;
    if (read >= eventsReplayedMax) throw new AppError("UNAVAILABLE", "Too much has happened in this life since then.");
  }
  if (life !== null && read >= eventsPerSnapshot) await log.saveSnapshot(id, toBiographySnapshot(life));
  return life;
}
