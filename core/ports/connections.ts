import type { CharacterId, ConnectionId, SessionId, UserId, WorldId } from "../lib/ids.ts";
import type { WireProtocol } from "../protocol/world-input.ts";
import type { Limit } from "./limits.ts";

export type Connection = {
  readonly id: ConnectionId;
  readonly userId: UserId;
  readonly username: string;
  readonly sessionId: SessionId;
  readonly protocol: WireProtocol;
  readonly characterId: CharacterId;
  readonly characterName: string;
  readonly worldId: WorldId;
  /** The character's journeys up to that world, as its row counts them: of two bindings the one of more journeys is the newer. */
  readonly travels: number;
  readonly connectedAtMs: number;
};

/** As whom, and where, a connection goes on. */
export type Binding = Pick<Connection, "characterId" | "characterName" | "worldId" | "travels">;

export type AdmitOptions = {
  readonly limit: Limit;
  readonly nowMs: number;
  readonly numbered: boolean;
  /** The number that the client itself has given it: it stands, and the next one drawn comes after it. */
  readonly ownNumber?: number;
  /** Never, where it is not given. */
  readonly checkEveryMs?: number;
};

export type Admitted = { readonly connection: Connection; readonly number: number; readonly isCheckDue: boolean };

export type Connections = {
  /**
   * Registers it, and answers with the connection of the same character that it takes over from. That one is forgotten in the same
   * step, as by `remove`: it is found and admitted no more. Throws UNAVAILABLE when too many are connected.
   */
  add(connection: Connection): Promise<Connection | null>;
  get(id: ConnectionId): Promise<Connection | null>;
  /** Forgets it; answers with what it was, once. */
  remove(id: ConnectionId): Promise<Connection | null>;
  /** As `remove`; answers also with the highest number that was given to one of its frames, 0 for none. */
  end(id: ConnectionId): Promise<{ readonly connection: Connection; readonly lastNumber: number } | null>;
  /**
   * One atomic step: the connection goes on as another character than `from`, or in another world; it takes over as in `add`, and
   * answers likewise. Its bucket and its numbers go on. Nothing happens where it is gone, is not `from`'s (any more), or is bound as the
   * same character after as many journeys already: in whatever order and however often the worlds on a character's way bind its
   * connection, it ends where the last journey led.
   */
  rebind(id: ConnectionId, from: CharacterId, to: Binding): Promise<Connection | null>;
  /**
   * One atomic step for one frame: takes from the connection's bucket and, if `numbered`, gives the next number, from 1 without gaps.
   * Where it is not numbered, or limited, no number is spent. null where the connection is unknown. `isCheckDue` says once in
   * `checkEveryMs`, from when it connected, that somebody should see whether its session still lives.
   */
  admit(id: ConnectionId, options: AdmitOptions): Promise<Admitted | "limited" | null>;
  ofCharacters(ids: readonly CharacterId[]): Promise<Connection[]>;
  ofSession(id: SessionId): Promise<Connection[]>;
  /** Everyone connected, by name, at most `limit`. */
  online(limit: number): Promise<Connection[]>;
  /** By username or character name, without regard to case. */
  byName(name: string): Promise<Connection[]>;
};
