import { AppError } from "#core/lib/errors.ts";
import type { Connection, Connections } from "#core/ports/connections.ts";
import type { Redis, Script } from "./connect.ts";
import {
  addScript,
  admitScript,
  endScript,
  getScript,
  ofCharactersScript,
  ofSetScript,
  onlineScript,
  rebindScript,
  removeScript,
  rowFields,
} from "./connection-scripts.ts";

/** One more is refused with UNAVAILABLE. */
export const connectionsMax = 50_000;
/** More of one name or session are not told. */
export const foundMax = 1000;

/** A socket of API Gateway lives for two hours at most; whoever sends frames for longer stays. */
const lifeMs = 2 * 3_600_000 + 15 * 60_000;
const prolongedBelowMs = 2 * 3_600_000;
/** Dead connections that a new one sweeps up. */
const sweptMax = 100;
/** Looked up in one step, so that nobody else waits for long. */
const rowsPerStepMax = 500;

type Row = readonly string[];

/** The register of sockets. Every method is one atomic step, but for long lists, which are read in several. */
export function redisConnections(redis: Redis, options: { readonly connectionsMax?: number } = {}): Connections {
  const keys = [`${redis.prefix}{connections}:`];
  const max = options.connectionsMax ?? connectionsMax;
  const change = (script: Script, args: readonly (string | number)[]) => redis.run(script, { keys, args });
  const read = (script: Script, args: readonly (string | number)[]) =>
    redis.run(script, { keys, args, isRepeatable: true });
  const ofSet = async (kind: "session" | "name", which: string) =>
    ((await read(ofSetScript, [kind, which, foundMax])) as Row[]).map(connectionOf);

  return {
    async add(connection) {
      const { id, characterId } = connection;
      const answer = await change(addScript, [id, characterId, max, lifeMs, sweptMax, ...fieldsOf(connection)]);
      if (answer === "full") throw new AppError("UNAVAILABLE", "Too many are connected just now.", { retryAfterS: 30 });
      return connectionOrNull(answer);
    },
    get: async (id) => connectionOrNull(await read(getScript, [id])),
    remove: async (id) => connectionOrNull(await change(removeScript, [id])),
    async end(id) {
      const answer = await change(endScript, [id]);
      if (answer === null) return null;
      const [lastNumber, row] = answer as [number, Row];
      return { connection: connectionOf(row), lastNumber };
    },

    async rebind(id, from, { characterId, characterName, worldId, travels }) {
      const fields = fieldsOf({ characterId, characterName, worldId, travels });
      return connectionOrNull(await change(rebindScript, [id, from, characterId, travels, lifeMs, ...fields]));
    },

    async admit(id, { limit, nowMs, numbered, ownNumber = 0, checkEveryMs = Number.MAX_SAFE_INTEGER }) {
      const { name, burst, perMs } = limit;
      // Where the answer was lost, its number and token are lost whether or not it is asked again.
      const answer = await read(admitScript, [
        id,
        name,
        burst,
        perMs,
        nowMs,
        Number(numbered),
        lifeMs,
        prolongedBelowMs,
        checkEveryMs,
        ownNumber,
      ]);
      if (answer === null || answer === "limited") return answer;
      const [number, row, isCheckDue] = answer as [number, Row, 0 | 1];
      return { connection: connectionOf(row), number, isCheckDue: isCheckDue === 1 };
    },

    async ofCharacters(ids) {
      const distinct = [...new Set(ids)];
      const steps: Promise<unknown>[] = [];
      for (let at = 0; at < distinct.length; at += rowsPerStepMax)
        steps.push(read(ofCharactersScript, distinct.slice(at, at + rowsPerStepMax)));
      return ((await Promise.all(steps)) as Row[][]).flat().map(connectionOf);
    },
    ofSession: (id) => ofSet("session", id),
    byName: (name) => ofSet("name", name.toLowerCase()),

    async online(limit) {
      // By id, since between two steps one may move on in the order.
      const found = new Map<string, Connection>();
      let after = "";
      do {
        const most = Math.min(rowsPerStepMax, limit - found.size);
        if (most <= 0) break;
        const [last, rows] = (await read(onlineScript, [after, most])) as [string, Row[]];
        for (const row of rows) found.set(row[0]!, connectionOf(row));
        after = last;
      } while (after !== "");
      return [...found.values()];
    },
  };
}

/** Names and values in turn, as HSET takes them, and the lower-case names by which it is found. */
function fieldsOf(connection: Partial<Connection>): (string | number)[] {
  const { username, characterName } = connection;
  const named = {
    ...connection,
    ...(username !== undefined && { usernameKey: username.toLowerCase() }),
    ...(characterName !== undefined && { nameKey: characterName.toLowerCase() }),
  };
  return Object.entries(named).flat();
}

function connectionOrNull(answer: unknown): Connection | null {
  return answer === null ? null : connectionOf(answer as Row);
}

function connectionOf(row: Row): Connection {
  const fields = Object.fromEntries(rowFields.map((field, i) => [field, row[i]]));
  const [travels, connectedAtMs] = [Number(fields["travels"] ?? 0), Number(fields["connectedAtMs"])];
  return { ...fields, travels, connectedAtMs } as unknown as Connection;
}
