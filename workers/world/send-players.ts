import type { ConnectionId, WorldId } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports.ts";
import type { InputOf } from "#core/protocol/world-input.ts";
import type { Absent } from "#core/world/advance.ts";
import { switchId, thenId } from "#core/world/input-id.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Switch } from "#core/world/scene.ts";
import { frameOf, numbered } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import type { MessengerParts } from "./messenger.ts";

/** The last words of a world are waited for this long: then the traveller hears the first of the next. */
const lastWordsMsMax = 1000;

type Journey = {
  readonly toWorldId: WorldId;
  readonly input: InputOf<"arrive">;
  readonly state: WorldState;
  /** What the traveller typed ahead. */
  readonly absent: readonly Absent[];
};

/** Lets a traveller go, and answers with what hands him over; that may be done again when it failed. */
export function sendTraveller(parts: MessengerParts, journey: Journey): () => Promise<void> {
  const { ctx, place, teller, inbox } = parts;
  const { toWorldId, input, state, absent } = journey;
  const { characterId, name } = input.traveller;
  // Sent again because nobody confirmed it, while he is back already: his socket is none of this message's business.
  const isHere = () => state.bodies.has(characterId);
  const route = isHere() ? undefined : teller.routeOf(characterId);
  const lastWords = isHere() ? Promise.resolve() : teller.close(characterId);
  const nextNumber = route && nextUnapplied(inbox, route.connectionId, absent);
  return async () => {
    await atMost(ctx.clock, lastWords, lastWordsMsMax);
    const connection = await boundHere();
    const arriving = { ...input, ...(connection && { connectionId: connection.id }) };
    await ctx.inputs.append(toWorldId, nextNumber === undefined ? arriving : { ...arriving, nextNumber });
    if (!connection || isHere()) return;
    // Only now: what the player types from here on reaches the next world after the traveller.
    await rebind(parts, connection, { characterId, name, worldId: toWorldId });
  };

  async function boundHere(): Promise<Connection | undefined> {
    if (isHere()) return undefined;
    const [connection] = await ctx.connections.ofCharacters([characterId]);
    return connection?.worldId === place.id ? connection : undefined;
  }
}

/** Lets a character go, and answers with what hands its player over to another one. */
export function switchCharacter(
  parts: MessengerParts,
  { inputId, from, to, thenSay }: Switch,
  absent: readonly Absent[],
): () => Promise<void> {
  const { ctx, teller, inbox } = parts;
  const route = teller.routeOf(from);
  const lastWords = teller.close(from);
  const nextNumber = (route && nextUnapplied(inbox, route.connectionId, absent)) ?? 1;
  return async () => {
    await atMost(ctx.clock, lastWords, lastWordsMsMax);
    const connection = route && (await ctx.connections.get(route.connectionId));
    if (!connection || connection.characterId !== from) return;
    const { userId, protocol } = connection;
    const common = { connectionId: connection.id, characterId: to.characterId };
    const id = switchId(inputId);
    await ctx.inputs.append(to.worldId, { ...common, type: "connected", id, userId, protocol, nextNumber });
    if (thenSay !== null) {
      await ctx.inputs.append(to.worldId, {
        ...common,
        type: "command",
        id: thenId(inputId),
        number: 0,
        text: thenSay,
      });
    }
    await rebind(parts, connection, to);
  };
}

/** The socket belongs to another character or world from here on; one that had that character before ends. */
export async function rebind(
  { ctx, inbox }: MessengerParts,
  connection: Connection,
  { characterId, name, worldId }: Switch["to"],
): Promise<void> {
  const previous = await ctx.connections.rebind(connection.id, { characterId, characterName: name, worldId });
  inbox.forget(connection.id);
  if (!previous) return;
  const text = "You go on as this character from somewhere else. This connection ends here.";
  const stamp = { id: ctx.entropy.uuid(), atMs: ctx.clock.nowMs() };
  const frame = frameOf({ kind: "message", message: { type: "system", text } }, previous.protocol, stamp);
  ctx.clients
    .post(previous.id, previous.protocol === "v1" ? numbered(frame, 0) : frame)
    .then(() => ctx.clients.close(previous.id))
    .catch((error: unknown) => ctx.log.warn({ error, connectionId: previous.id }, "close failed"));
}

/** The next world is to wait for what was typed ahead and is still to be sent on from here. */
function nextUnapplied(inbox: Inbox, id: ConnectionId, absent: readonly Absent[]): number | undefined {
  const next = inbox.nextNumber(id);
  const ahead = absent.flatMap((input) =>
    input.type === "command" && input.connectionId === id && input.number > 0 ? [input.number] : [],
  );
  return next === undefined ? undefined : Math.min(next, ...ahead);
}

async function atMost(clock: MessengerParts["ctx"]["clock"], work: Promise<void>, ms: number): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.then(() => done.abort()), clock.sleep(ms, done.signal)]);
}
