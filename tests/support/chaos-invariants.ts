import type { HandOver, Witnessed } from "./chaos-audit.ts";

/** What somebody was promised. */
export type Promised = {
  readonly userId: string;
  readonly username: string;
  /** Lines that a frame said were spoken, in that order. */
  readonly spoken: readonly SpokenLine[];
  /** Lines that were sent again, and not refused, before another one of the same socket that a frame said was spoken. */
  readonly sentAgain: readonly string[];
  /** Where a frame said that the character is, one place after the other. */
  readonly places: readonly Place[];
};

/** `knew`: of so many of those before it he had been told already when he typed it. It must come after them. */
export type SpokenLine = { readonly line: string; readonly knew: number };

export type Place = { readonly worldId: string; readonly x: number; readonly y: number };

export type Evidence = {
  readonly log: readonly Witnessed[];
  readonly hands: readonly HandOver[];
  readonly promised: readonly Promised[];
  /** By character. */
  readonly whereabouts: ReadonlyMap<string, string>;
  readonly replays: readonly Replay[];
};

/** What was stored of a world at a version, and what its events come to. */
export type Replay = {
  readonly worldId: string;
  readonly version: number;
  readonly stored: string;
  readonly replayed: string;
};

/** What must never be, in words; [] where everything holds. */
export function violations(evidence: Evidence): string[] {
  return [
    ...gaps(evidence.log),
    ...staleWriters(evidence.log),
    ...decreasingFences(evidence),
    ...doubled(evidence.log),
    ...strays(evidence),
    ...evidence.promised.flatMap((promised) => broken(promised, evidence.log)),
    ...evidence.replays.flatMap(({ worldId, version, stored, replayed }) =>
      stored === replayed ? [] : [`${worldId}: the replay of version ${version} is not what was stored`],
    ),
  ];
}

const streams = (log: readonly Witnessed[]) => Map.groupBy(log, ({ worldId }) => worldId);

function gaps(log: readonly Witnessed[]): string[] {
  return [...streams(log)].flatMap(([worldId, events]) =>
    events.flatMap(({ version }, index) =>
      version === index + 1 ? [] : [`${worldId}: version ${version} stands at place ${index + 1}`],
    ),
  );
}

/** A world that was given up and taken by nobody is still its last owner's: only another owner makes him stale. */
function staleWriters(log: readonly Witnessed[]): string[] {
  return log.flatMap(({ worldId, version, writer, owner, fence }) =>
    fence !== null && (owner === null || owner === writer)
      ? []
      : [`${worldId}: version ${version} was written by ${writer} while ${owner} was the owner`],
  );
}

function decreasingFences({ log, hands }: Pick<Evidence, "log" | "hands">): string[] {
  const decreasing = (worldId: string, fences: readonly number[], where: string): string[] =>
    fences.some((fence, index) => index > 0 && fence < fences[index - 1]!)
      ? [`${worldId}: a fence came back in ${where}`]
      : [];
  const alongLog = [...streams(log)].flatMap(([worldId, events]) =>
    decreasing(
      worldId,
      events.map(({ fence }) => fence ?? 0),
      "its log",
    ),
  );
  const taken = hands.filter(({ owner }) => owner !== null);
  const alongHands = [...Map.groupBy(taken, ({ worldId }) => worldId)].flatMap(([worldId, changes]) => {
    const fences = changes.map(({ fence }) => fence);
    const isTwice = new Set(fences).size < fences.length;
    return [
      ...decreasing(worldId, fences, "its lease"),
      ...(isTwice ? [`${worldId}: two owners had the same fence`] : []),
    ];
  });
  return [...alongLog, ...alongHands];
}

/** A command has each of its effects once, and nobody says a line twice (each is typed once and has a number of its own). */
function doubled(log: readonly Witnessed[]): string[] {
  const deeds = log.flatMap(({ event, metadata: { actorId, commandId } }) => [
    ...(commandId === undefined ? [] : [`${actorId} has done ${commandId} (${event.type})`]),
    ...(event.type === "spoke" ? [`${event.characterId} has said "${event.text}"`] : []),
  ]);
  const seen = new Set<string>();
  return deeds.flatMap((deed) => {
    if (seen.has(deed)) return [`${deed} twice`];
    seen.add(deed);
    return [];
  });
}

/** Everyone is in one world at a time, and the tables say in which. */
function strays({ log, whereabouts }: Pick<Evidence, "log" | "whereabouts">): string[] {
  const at = new Map<string, string>();
  const found: string[] = [];
  for (const { event, worldId } of log) {
    if (event.type === "entered" || event.type === "arrived") {
      if (at.has(event.body.id)) found.push(`${event.body.id} came to ${worldId} and was in ${at.get(event.body.id)}`);
      at.set(event.body.id, worldId);
    } else if (event.type === "left" || event.type === "departed") {
      if (at.get(event.characterId) !== worldId) found.push(`${event.characterId} left ${worldId} and was not there`);
      at.delete(event.characterId);
    }
  }
  for (const [id, worldId] of at) {
    if (whereabouts.get(id) !== worldId)
      found.push(`${id} is in ${worldId}, and the tables say in ${whereabouts.get(id)}`);
  }
  return found;
}

function broken({ userId, username, spoken, sentAgain, places }: Promised, log: readonly Witnessed[]): string[] {
  const own = charactersOf(userId, log);
  const said = log.flatMap(({ event }) => (event.type === "spoke" && own.has(event.characterId) ? [event.text] : []));
  const placeOf = new Map(said.map((line, index) => [line, index]));
  const lost = spoken.filter(({ line }) => !placeOf.has(line));
  return [
    ...lost.map(({ line }) => `${username} was told "${line}", which is lost`),
    ...sentAgain.filter((line) => !placeOf.has(line)).map((line) => `${username} said "${line}" again, and it is lost`),
    ...(lost.length === 0 ? disordered(username, spoken, placeOf) : []),
    ...displaced(username, places, placesOf(own, log)),
  ];
}

function disordered(username: string, spoken: readonly SpokenLine[], placeOf: ReadonlyMap<string, number>): string[] {
  const latest: number[] = [-1];
  for (const { line } of spoken) latest.push(Math.max(latest.at(-1)!, placeOf.get(line)!));
  return spoken
    .filter(({ line, knew }) => placeOf.get(line)! <= latest[knew]!)
    .map(({ line }) => `${username} has said "${line}" before something that he had been told when he typed it`);
}

/** One has a character of the lobby, and may have another whose home is elsewhere. */
function charactersOf(userId: string, log: readonly Witnessed[]): ReadonlySet<string> {
  const bodies = log.flatMap(({ event }) => (event.type === "entered" || event.type === "arrived" ? [event.body] : []));
  return new Set(bodies.filter((body) => body.userId === userId).map(({ id }) => id));
}

/** Where somebody was, one place after the other. */
function placesOf(own: ReadonlySet<string>, log: readonly Witnessed[]): Place[] {
  return log.flatMap(({ worldId, event }) => {
    if (event.type === "moved" && own.has(event.characterId))
      return [{ worldId, x: event.position.x, y: event.position.y }];
    if ((event.type === "entered" || event.type === "arrived") && own.has(event.body.id))
      return [{ worldId, x: event.body.position.x, y: event.body.position.y }];
    return [];
  });
}

/** All of `told` is in `been`, in the same order: nobody was ever put back. */
function displaced(username: string, told: readonly Place[], been: readonly Place[]): string[] {
  const key = ({ worldId, x, y }: Place) => `${worldId} ${x} ${y}`;
  let at = 0;
  for (const place of told) {
    const found = been.findIndex((each, index) => index >= at && key(each) === key(place));
    if (found === -1) return [`${username} was told to be at ${key(place)}, and was not, or not then`];
    at = found;
  }
  return [];
}
