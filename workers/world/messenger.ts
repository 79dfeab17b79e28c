import type { InputId } from "#core/lib/ids.ts";
import type { InputOf } from "#core/protocol/world-input.ts";
import type { Turn } from "#core/world/advance.ts";
import type { Outbound, WorldState } from "#core/world/model.ts";
import type { Place, Switch } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import type { Inbox } from "./inbox.ts";
import type { Teller } from "./teller.ts";

type Ctx = Pick<WorldContext, "clock" | "entropy" | "log" | "inputs" | "connections">;
type Parts = { readonly ctx: Ctx; readonly place: Place; readonly teller: Teller; readonly inbox: Inbox };

/** A message that the other world has not confirmed is sent again after this long. */
const resendMs = 5000;
const againSuffix = ":again";

/** Carries what one world says to others: travellers, words, and the players who go on as another character. */
export type Messenger = {
  /** What a committed turn has to say. Resolves when the other worlds' streams have it, or it is left for a later try. */
  send(turn: Turn, state: WorldState): Promise<void>;
  /** Messages that nobody has confirmed. */
  resend(state: WorldState): Promise<void>;
};

export function createMessenger(parts: Parts): Messenger {
  const { ctx, place } = parts;
  const sentAtMs = new Map<InputId, number>();

  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      ctx.log.warn({ error, worldId: place.id, what }, "a message between worlds is delayed");
    }
  };

  const resend = async (state: WorldState): Promise<void> => {
    const nowMs = ctx.clock.monotonicMs();
    for (const id of sentAtMs.keys()) if (!state.outbound.has(id)) sentAtMs.delete(id);
    for (const [id, message] of state.outbound) {
      if (nowMs - (sentAtMs.get(id) ?? -Infinity) < resendMs) continue;
      sentAtMs.set(id, nowMs);
      await attempt("outbound", () => sendOutbound(parts, message));
    }
  };

  return {
    async send(turn, state) {
      await resend(state);
      for (const change of turn.switches) await attempt("switch", () => switchCharacter(parts, change));
      for (const input of turn.absent) await attempt("forward", () => forward(parts, input));
      for (const { worldId, messageId } of turn.settle) {
        const id = `${messageId}:settled` as InputId;
        await attempt("settled", () => ctx.inputs.append(worldId, { type: "settled", id, messageId }));
      }
    },
    resend,
  };
}

async function sendOutbound({ ctx, teller, inbox }: Parts, { toWorldId, input }: Outbound): Promise<void> {
  if (input.type !== "arrive") return ctx.inputs.append(toWorldId, input);
  const { characterId, name } = input.traveller;
  const route = teller.routeOf(characterId);
  // The traveller hears the last of this world before the first of the next.
  await teller.close(characterId);
  const nextNumber = route && inbox.nextNumber(route.connectionId);
  await ctx.inputs.append(toWorldId, nextNumber === undefined ? input : { ...input, nextNumber });
  if (!route) return;
  // Only now: what the player types from here on reaches the next world after the traveller.
  await ctx.connections.rebind(route.connectionId, { characterId, characterName: name, worldId: toWorldId });
  inbox.forget(route.connectionId);
}

async function switchCharacter({ ctx, teller, inbox }: Parts, { from, to, thenSay }: Switch): Promise<void> {
  const route = teller.routeOf(from);
  await teller.close(from);
  const connection = route && (await ctx.connections.get(route.connectionId));
  if (!connection) return;
  const common = { connectionId: connection.id, characterId: to.characterId };
  await ctx.inputs.append(to.worldId, {
    ...common,
    type: "connected",
    id: ctx.entropy.uuid() as InputId,
    userId: connection.userId,
    protocol: connection.protocol,
    nextNumber: inbox.nextNumber(connection.id) ?? 1,
  });
  if (thenSay !== null) {
    const id = ctx.entropy.uuid() as InputId;
    await ctx.inputs.append(to.worldId, { ...common, type: "command", id, number: 0, text: thenSay });
  }
  const { characterId, name: characterName, worldId } = to;
  await ctx.connections.rebind(connection.id, { characterId, characterName, worldId });
  inbox.forget(connection.id);
}

/** The player has gone on to another world, or another character; so do his words. Someone who fell asleep here is woken. */
async function forward({ ctx, place, inbox }: Parts, input: InputOf<"command">): Promise<void> {
  const connection = await ctx.connections.get(input.connectionId);
  if (!connection || input.id.endsWith(againSuffix)) return;
  const { id: connectionId, characterId, worldId, userId, protocol } = connection;
  if (worldId !== place.id || characterId !== input.characterId) {
    return ctx.inputs.append(worldId, { ...input, characterId });
  }
  await ctx.inputs.append(place.id, {
    type: "connected",
    id: ctx.entropy.uuid() as InputId,
    connectionId,
    characterId,
    userId,
    protocol,
    nextNumber: inbox.nextNumber(connectionId) ?? 1,
  });
  await ctx.inputs.append(place.id, { ...input, id: `${input.id}${againSuffix}` as InputId, number: 0 });
}
