import type { ConnectionId, WorldId } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports/connections.ts";
import type { InputOf, WorldInput } from "#core/protocol/world-input.ts";
import { switchId, thenId } from "#core/world/input-id.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Switch } from "#core/world/scene.ts";
import { frameOf, numbered } from "./frames.ts";
import type { GoingOn } from "./inbox.ts";
import type { MessengerParts } from "./messenger.ts";

/** The last words of a world are waited for this long: then the traveller hears the first of the next. */
const lastWordsMsMax = 1000;

type Journey = {
  readonly toWorldId: WorldId;
  readonly input: InputOf<"arrive">;
  readonly state: WorldState;
  /** What the traveller typed ahead. */
  readonly absent: readonly WorldInput[];
};

/** Lets a traveller go, and answers with what hands him over; that may be done again when it failed. */
export function sendTraveller(parts: MessengerParts, journey: Journey): () => Promise<void> {
  const { ctx, teller, inbox } = parts;
  const { toWorldId, input, state, absent } = journey;
  const { characterId, name, travels } = input.traveller;
  // Sent again because nobody confirmed it, while he is back already: his socket is none of this message's business.
  const isHere = state.bodies.has(characterId);
  const route = isHere ? undefined : teller.routeOf(characterId);
  const lastWords = isHere ? Promise.resolve() : teller.close(characterId);
  const goingOn = route ? inbox.goingOn(route.connectionId, absent) : {};
  return async () => {
    await atMost(ctx.clock, lastWords, lastWordsMsMax);
    const [connection] = await ctx.connections.ofCharacters([characterId]);
    const isBehind = connection !== undefined && connection.travels < travels;
    const socket = isBehind ? { connectionId: connection.id, ...goingOnAs(route, connection, goingOn) } : {};
    await ctx.inputs.append(toWorldId, { ...input, ...socket });
    // Only now: what the player types from here on reaches the next world after the traveller.
    if (isBehind) await rebind(parts, connection, { characterId, name, worldId: toWorldId, travels });
  };
}

/** Another socket than the one whose frames were seen here counts anew. */
function goingOnAs(
  route: { readonly connectionId: ConnectionId } | undefined,
  { id }: Connection,
  goingOn: GoingOn,
): GoingOn {
  return route?.connectionId === id ? goingOn : {};
}

/** Lets a character go, and answers with what hands its player over to another one. */
export function switchCharacter(
  parts: MessengerParts,
  { inputId, from, to, thenSay }: Switch,
  absent: readonly WorldInput[],
): () => Promise<void> {
  const { ctx, teller, inbox } = parts;
  const route = teller.routeOf(from);
  const lastWords = teller.close(from);
  const goingOn = { nextNumber: 1, ...(route && inbox.goingOn(route.connectionId, absent)) };
  return async () => {
    await atMost(ctx.clock, lastWords, lastWordsMsMax);
    const connection = route && (await ctx.connections.get(route.connectionId));
    if (!connection || connection.characterId !== from) return;
    const { userId, protocol } = connection;
    const common = { connectionId: connection.id, characterId: to.characterId };
    const id = switchId(inputId);
    await ctx.inputs.append(to.worldId, { ...common, type: "connected", id, userId, protocol, ...goingOn });
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
  { characterId, name, worldId, travels }: Switch["to"],
): Promise<void> {
  const to = { characterId, characterName: name, worldId, travels };
  const previous = await ctx.connections.rebind(connection.id, connection.characterId, to);
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

/** Waits for the work, or until so much time has passed. */
export async function atMost(clock: MessengerParts["ctx"]["clock"], work: Promise<unknown>, ms: number): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.then(() => done.abort()), clock.sleep(ms, done.signal)]);
}
