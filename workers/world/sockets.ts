import type { CharacterId, ConnectionId, InputId } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports/connections.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { InputOf } from "#core/protocol/world-input.ts";
import type { Greet } from "#core/world/advance.ts";
import type { LiveWorld } from "#core/world/evolve.ts";
import { isSwitch } from "#core/world/input-id.ts";
import type { Place } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import type { Inbox } from "./inbox.ts";
import type { Route } from "./line.ts";
import type { Teller } from "./teller.ts";

type Ctx = Pick<WorldContext, "clock" | "entropy" | "log" | "connections" | "worldLog">;
type Parts = {
  readonly ctx: Ctx;
  readonly place: Place;
  readonly world: LiveWorld;
  readonly teller: Teller;
  readonly inbox: Inbox;
};

type Bound = Pick<Connection, "id" | "characterId" | "characterName">;

/** A client that can resume has this long to say from where, before it is shown everything anew. */
export const resumeGraceMs = 500;

/** Which socket belongs to whom in this world, as the inputs tell it. */
export class Sockets {
  readonly #parts: Parts;
  readonly #resumeUntil = new Map<CharacterId, { connectionId: ConnectionId; untilMs: number }>();
  readonly #greetings: Greet[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Finds the sockets of those who were here when the last owner stopped; those without one have lost their link. Where that owner died, what it
   * had still to tell is lost: everyone is shown everything as it is now.
   */
  async reconcile(fence: number): Promise<void> {
    const { ctx, place, world, teller } = this.#parts;
    const ids = [...world.state.bodies.keys()];
    const connections = ids.length === 0 ? [] : await ctx.connections.ofCharacters(ids);
    const isCutShort = connections.length > 0 && (await this.#wasCutShort());
    for (const connection of connections) {
      teller.open({ ...connection, connectionId: connection.id }, { isHeld: false });
      const { travels = 0 } = world.state.bodies.get(connection.characterId) ?? {};
      if (connection.travels < travels) this.#bindHere(connection, travels);
      if (isCutShort) this.#greet(connection.characterId, connection.id);
    }
    for (const { id, linkLostAtMs } of world.state.bodies.values()) {
      if (linkLostAtMs === null && !teller.routeOf(id))
        this.#linkLost(id, `${place.id}:${fence}` as ConnectionId, true);
    }
  }

  /** Travellers bring their sockets along. */
  async openArrivals(deliveries: readonly Delivery[]): Promise<void> {
    const { ctx, teller } = this.#parts;
    const arrivals = deliveries.flatMap(({ input }) => (input.type === "arrive" ? [input] : []));
    if (arrivals.length === 0) return;
    const ids = arrivals.map(({ traveller }) => traveller.characterId);
    const travels = new Map(arrivals.map(({ traveller }) => [traveller.characterId, traveller.travels]));
    for (const connection of await ctx.connections.ofCharacters(ids)) {
      const journeys = travels.get(connection.characterId) ?? 0;
      if (connection.travels < journeys) this.#bindHere(connection, journeys);
      if (!teller.routeOf(connection.characterId))
        teller.open({ ...connection, connectionId: connection.id }, { isHeld: false });
    }
    // The socket broke on the way: nobody will say so here.
    for (const { id, traveller } of arrivals) {
      if (!teller.routeOf(traveller.characterId))
        this.#linkLost(traveller.characterId, id as string as ConnectionId, true);
    }
  }

  /**
   * In the stream the sockets of one character may stand in another order than they took over from each other, and come again: where there are
   * two, the registry knows which is his.
   */
  async isOutOfDate({ id, connectionId, characterId }: InputOf<"connected">): Promise<boolean> {
    const { ctx, world, teller } = this.#parts;
    const current = teller.routeOf(characterId);
    if (!current || current.connectionId === connectionId) return false;
    const connection = await ctx.connections.get(connectionId);
    // Whoever goes on as this character is registered as that only afterwards.
    const isToBeBound = isSwitch(id) && !world.state.applied.has(id);
    return !connection || (connection.characterId !== characterId && !isToBeBound);
  }

  /** It was registered by a row: read before its character went off and came back, that counts too few journeys. */
  bindAnew({ connectionId, characterId, travels = Infinity }: InputOf<"connected">): void {
    const body = this.#parts.world.state.bodies.get(characterId);
    if (body && travels < body.travels)
      this.#bindHere({ id: connectionId, characterId, characterName: body.name }, body.travels);
  }

  /** Sees to the socket that an input speaks of; false where the input is out of date. */
  follow({ input }: Delivery): boolean {
    if (input.type === "connected") this.#connected(input);
    if (input.type === "resume") void this.#resume(input);
    return input.type === "disconnected" ? this.#disconnected(input) : true;
  }

  /** A socket turned out to be dead. */
  async lost({ connectionId, characterId, protocol }: Route): Promise<void> {
    // Whoever removed it before may have told another world: it could be bound to that one already, or still.
    this.#linkLost(characterId, connectionId, protocol === "v1");
    await this.#parts.ctx.connections.remove(connectionId);
  }

  /** Those who did not say from where to resume are to be shown everything. */
  takeGreetings(): Greet[] {
    const nowMs = this.#parts.ctx.clock.monotonicMs();
    for (const [id, { connectionId, untilMs }] of this.#resumeUntil) {
      if (nowMs < untilMs) continue;
      this.#resumeUntil.delete(id);
      this.#greet(id, connectionId);
    }
    return this.#greetings.splice(0);
  }

  /** Someone waits to be greeted, or may have to be soon. */
  get isWaiting(): boolean {
    return this.#greetings.length > 0 || this.#resumeUntil.size > 0;
  }

  /** The world that its character comes from binds it, and may have died before it did. Else what is typed finds its way by `forward.ts`. */
  #bindHere({ id, characterId, characterName }: Bound, travels: number): void {
    const { ctx, place } = this.#parts;
    ctx.connections
      .rebind(id, characterId, { characterId, characterName, worldId: place.id, travels })
      .catch((error: unknown) => ctx.log.warn({ error, connectionId: id }, "a socket is not bound to its world yet"));
  }

  /** Who gives up a world in good order has told everything, and leaves a snapshot of its last event. */
  async #wasCutShort(): Promise<boolean> {
    const { ctx, place, world } = this.#parts;
    const snapshots = await ctx.worldLog.snapshotHashes(place.id);
    return (snapshots.at(-1)?.version ?? 0) < world.state.version;
  }

  #connected(input: InputOf<"connected">): void {
    const { ctx, world, teller } = this.#parts;
    // Also where the old link has not been missed yet. The decision tells nothing then either.
    const isHeld = input.protocol === "v1" && world.state.bodies.has(input.characterId);
    teller.open(input, { isHeld });
    if (!isHeld) return;
    const untilMs = ctx.clock.monotonicMs() + resumeGraceMs;
    this.#resumeUntil.set(input.characterId, { connectionId: input.connectionId, untilMs });
  }

  #disconnected({ characterId, connectionId, mayReturn }: InputOf<"disconnected">): boolean {
    const { teller } = this.#parts;
    const current = teller.routeOf(characterId);
    if (current && current.connectionId !== connectionId) return false;
    if (mayReturn) teller.detach(characterId);
    else void teller.close(characterId);
    return true;
  }

  async #resume({ characterId, connectionId, after }: InputOf<"resume">): Promise<void> {
    if (this.#parts.teller.routeOf(characterId)?.connectionId !== connectionId) return;
    this.#resumeUntil.delete(characterId);
    if (await this.#parts.teller.resume(characterId, after)) return;
    const message = "What you missed is no longer kept. Here is everything as it is now.";
    this.#parts.teller.unhold(characterId);
    this.#parts.teller.tell([{ to: characterId, tell: { kind: "error", error: { code: "RESUME_EXPIRED", message } } }]);
    this.#greet(characterId, connectionId);
  }

  #greet(characterId: CharacterId, connectionId: ConnectionId): void {
    const { ctx, teller } = this.#parts;
    teller.unhold(characterId);
    this.#greetings.push({ type: "greet", id: ctx.entropy.uuid() as InputId, connectionId, characterId });
  }

  #linkLost(characterId: CharacterId, connectionId: ConnectionId, mayReturn: boolean): void {
    const { ctx, inbox } = this.#parts;
    const id = `${connectionId}:${characterId}:lost` as InputId;
    const input = { type: "disconnected", id, connectionId, characterId, mayReturn } as const;
    inbox.push({ input, ack() {} }, ctx.clock.monotonicMs());
  }
}
