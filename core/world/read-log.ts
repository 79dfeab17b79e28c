import type { WorldId } from "../lib/ids.ts";
import type { StoredEvent, WorldLog } from "../ports/world-log.ts";

/** Larger pages gain nothing. */
export const eventsPerReadMax = 1000;
/** So that the database is never idle: it looks for one page while others are on their way or being used. */
const pagesAheadMax = 3;

/**
 * What happened in a world after a version, to the end of its log. After a full page the next ones are asked for before they are needed:
 * the versions of a stream have no gaps, so that it is known where they begin.
 */
export async function* pagesAfter(
  worldLog: WorldLog,
  worldId: WorldId,
  afterVersion: number,
): AsyncGenerator<readonly StoredEvent[]> {
  let version = afterVersion;
  const read = (): Promise<readonly StoredEvent[]> => {
    const page = worldLog.read(worldId, version, eventsPerReadMax);
    // Who reads no further never hears of it.
    page.catch(() => undefined);
    version += eventsPerReadMax;
    return page;
  };
  const ahead = [read()];
  for (;;) {
    const page = await ahead.shift()!;
    const isLast = page.length < eventsPerReadMax;
    while (!isLast && ahead.length < pagesAheadMax) ahead.push(read());
    yield page;
    if (isLast) return;
  }
}
