import type { AuditEvent, AuditRecord } from "./account/audit.ts";
import type { Account, AccountRole, Principal, Session, SessionLifetime } from "./account/model.ts";
import type { Presented } from "./account/refresh-family.ts";
import type { CharacterRecord } from "./character/model.ts";
import type { CharacterId, ConnectionId, SessionId, UserId, WorldId } from "./lib/ids.ts";
import type { News, Rpc } from "./protocol/subjects.ts";
import type { WireProtocol, WorldInput } from "./protocol/world-input.ts";
import type { WorldRecord } from "./world/spec.ts";

// What the outside must offer. Types only. Each promise below is tested, for the twin and for the real thing, in tests/contract/<port>.ts.

export type Clock = {
  /** Wall clock, milliseconds since 1970. May jump. */
  nowMs(): number;
  /** Never goes back, has no meaning between processes. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export type Entropy = {
  uuid(): string;
  /** Uniform in 0 … 2³² − 1. */
  uint32(): number;
};

/** One JSON line per fact. Never secrets, tokens, prompts, private messages or e-mail addresses. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

// ── Accounts and sessions ──

export type NewAccount = Pick<Account, "id" | "email" | "username" | "createdAtMs"> & { readonly passwordHash: string };

export type Accounts = {
  /** Atomic: two racing for one e-mail or username (without regard to case), exactly one wins. */
  create(account: NewAccount): Promise<"created" | "email-taken" | "username-taken">;
  byId(id: UserId): Promise<Account | null>;
  /** With the hash, for login only. `email` is lower case. */
  byEmail(email: string): Promise<{ readonly account: Account; readonly passwordHash: string } | null>;
  recordLogin(id: UserId, atMs: number): Promise<void>;
  setLastWorld(id: UserId, worldId: WorldId): Promise<void>;
  /** Since when; null lifts it. False where there is no such account. */
  setBanned(id: UserId, sinceMs: number | null): Promise<boolean>;
  isBanned(id: UserId): Promise<boolean>;
  /** False where there is no such account. */
  setRole(id: UserId, role: AccountRole): Promise<boolean>;
  /** Atomic: only while the hash is still `from`. False where it is not, or there is no such account. */
  replacePasswordHash(id: UserId, hashes: { readonly from: string; readonly to: string }): Promise<boolean>;
};

/** What became of a refresh token. "unknown": its session is over, or it was never one of this session's. */
export type Refreshed =
  | { readonly outcome: "refreshed"; readonly session: Session; readonly generation: number }
  | { readonly outcome: "reused"; readonly userId: UserId }
  | { readonly outcome: "unknown" };

export type Sessions = {
  /** `refreshHash`: all that is kept of the secret in its refresh tokens, which are of generation 0. Without it there are none. */
  create(session: Session, refreshHash?: string): Promise<void>;
  /** null when unknown, revoked or past its expiry at `nowMs`. */
  get(id: SessionId, nowMs: number): Promise<Session | null>;
  /** Goes on for as long as `lifetime` gives it at `nowMs`. Never shortens it, never brings back what is dead, and says nothing of either. */
  touch(id: SessionId, nowMs: number, lifetime: SessionLifetime): Promise<void>;
  /**
   * One atomic step for one refresh token: the newest gives way to the next generation, one that gave way within `refreshGraceMs` is answered
   * with the newest, and one from before ends the session for good ("reused"). A session that is refreshed is touched as well.
   */
  refresh(id: SessionId, presented: Presented, nowMs: number, lifetime: SessionLifetime): Promise<Refreshed>;
  /** Dead at once and for good. Revoking twice, or what never was, is no error. */
  revoke(id: SessionId): Promise<void>;
  /** In force at `nowMs`, newest first. */
  ofUser(userId: UserId, nowMs: number): Promise<Session[]>;
  /** As `revoke`, for all that the user has now, or all but one. Answers with at least those that it ended. */
  revokeAll(userId: UserId, except?: SessionId): Promise<SessionId[]>;
};

export type Passwords = {
  /** Throws UNAVAILABLE with a time to retry when too many are waiting. */
  hash(password: string): Promise<string>;
  /** With null it verifies against a dummy of the same cost and answers false: the time says nothing. */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether a new hash of the same password would cost otherwise than this one did. */
  isOutdated(hash: string): boolean;
};

/** Newer ones of the same session have the same secret and a higher generation. */
export type RefreshToken = { readonly sessionId: SessionId; readonly generation: number; readonly secret: string };

export type Tokens = {
  sign(principal: Principal, expiresAtMs: number): Promise<string>;
  /** "expired" for one of ours past its end, null for anything else that is not in force at `nowMs`. Never throws on hostile input. */
  verify(token: string, nowMs: number): Promise<Principal | "expired" | null>;
  /** 256 random bits. */
  newSecret(): string;
  /** All that may be kept of a secret. */
  hashOf(secret: string): string;
  signRefresh(token: RefreshToken): string;
  /** null for anything that `signRefresh` has not made. Whether it is still good is for `Sessions` to say. Never throws on hostile input. */
  readRefresh(token: string): RefreshToken | null;
};

export type Audit = {
  /** Kept when it resolves. Never rejects: what cannot be kept is logged, and refuses nobody. */
  record(event: AuditEvent): Promise<void>;
  /** Newest first. */
  list(query: { readonly userId: UserId | null; readonly limit: number }): Promise<AuditRecord[]>;
};

/** For whom a ticket opens a socket, and for a page of which origin; null: for none. */
export type TicketGrant = { readonly principal: Principal; readonly origin: string | null };

export type Tickets = {
  /** A ticket of 256 random bits, in letters, digits, "-" and "_", good for `ticketLifeMs`. Nothing that is kept tells what it is. */
  issue(grant: TicketGrant, nowMs: number): Promise<string>;
  /**
   * One atomic step: however many ask, one is answered, once, and the ticket is spent, whatever becomes of it. null for one that is spent,
   * not good any more, or never was. Never throws for what the ticket is.
   */
  redeem(ticket: string, nowMs: number): Promise<TicketGrant | null>;
};

export const ticketLifeMs = 30_000;

/** Tokens flow back at `perMs`; at most `burst` are held. */
export type Limit = { readonly name: string; readonly burst: number; readonly perMs: number };

export type Limits = {
  /** Atomic. Takes one from the bucket of `key`, or says in how many milliseconds one will be there. */
  take(
    limit: Limit,
    key: string,
    nowMs: number,
  ): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
};

/** From where people have logged in to which accounts. */
export type KnownAddresses = {
  /** Known from now on for `knownAddressKeepMs`; of one account the latest `knownAddressesMax` are. Never rejects: what cannot be kept is logged. */
  remember(account: string, address: string, nowMs: number): Promise<void>;
  /** False also where nobody can say. */
  has(account: string, address: string, nowMs: number): Promise<boolean>;
};

export const knownAddressesMax = 20;
export const knownAddressKeepMs = 90 * 24 * 3_600_000;

// ── Characters and worlds ──

export type Characters = {
  /** Atomic: a user has at most one character of each home world. */
  create(character: CharacterRecord): Promise<"created" | "exists">;
  get(id: CharacterId): Promise<CharacterRecord | null>;
  getMany(ids: readonly CharacterId[]): Promise<CharacterRecord[]>;
  /** Last played first; never played after those, newest first. */
  ofUser(userId: UserId): Promise<CharacterRecord[]>;
  /** The user's character whose home is this world. */
  ofHome(userId: UserId, homeWorldId: WorldId): Promise<CharacterRecord | null>;
  /** Sets when it was last played and the account's last world, together. */
  recordJoin(id: CharacterId, atMs: number): Promise<void>;
};

export type Worlds = {
  /** Does nothing where the id is there already. */
  createIfAbsent(world: WorldRecord): Promise<void>;
  get(id: WorldId): Promise<WorldRecord | null>;
  /** Oldest first, the lobby before all. */
  list(): Promise<WorldRecord[]>;
};

// ── The log of a world ──

/** A fact as it is stored. */
export type StoredEvent = {
  /** Its place in its stream, from 1, without gaps. */
  readonly version: number;
  readonly type: string;
  /** Of the payload's shape, from 1: older shapes are upcast when read. */
  readonly schemaVersion: number;
  readonly payload: unknown;
  readonly metadata: unknown;
};

export type NewEvent = Omit<StoredEvent, "version">;

/** What the tables of characters are told in the transaction that appends the events that say so. */
export type CharacterChange = Pick<
  CharacterRecord,
  "id" | "worldId" | "travels" | "hasArrived" | "position" | "orientation" | "isFlying"
> & { readonly stamina: number | null; readonly lastPlayedAtMs: number };

export type Commit = {
  readonly worldId: WorldId;
  readonly fence: number;
  /** Version of the last event the writer knows; 0 for none. */
  readonly expectedVersion: number;
  readonly events: readonly NewEvent[];
  readonly characters: readonly CharacterChange[];
};

export type StoredSnapshot = { readonly version: number; readonly hash: string; readonly state: unknown };

export type WorldLog = {
  /**
   * All or nothing, durable when it resolves. "stale-fence": a newer owner exists. "wrong-version": the stream has moved on.
   * A character's row changes only if its `travels` is not older than what is there.
   */
  commit(commit: Commit): Promise<"committed" | "stale-fence" | "wrong-version">;
  /** Events after `afterVersion`, in order, at most `limit`. */
  read(worldId: WorldId, afterVersion: number, limit: number): Promise<StoredEvent[]>;
  latestSnapshot(worldId: WorldId): Promise<StoredSnapshot | null>;
  saveSnapshot(worldId: WorldId, snapshot: StoredSnapshot): Promise<void>;
  /** What a replay must reach: versions and hashes of the snapshots that are kept, lowest version first. */
  snapshotHashes(worldId: WorldId): Promise<Pick<StoredSnapshot, "version" | "hash">[]>;
};

/** An event at its place among those of all worlds. */
export type FeedEvent = StoredEvent & {
  readonly position: number;
  readonly worldId: WorldId;
  /** By the store's clock. */
  readonly recordedAtMs: number;
};

export type EventFeed = {
  /**
   * Events after a position (0: from the first), in the order of their positions, at most `limit`; [] while there are none. Whoever goes on
   * from the last one's position misses none and gets none twice, however the appends raced: an event is held back while one before it
   * may still appear. Positions grow, those of one world with its versions, and there are gaps between them.
   */
  read(afterPosition: number, limit: number): Promise<FeedEvent[]>;
};

/** What is derived from the feed: documents by key, and how far each projection has come. */
export type Projections = {
  /** Everything up to this position is in its documents; 0 for one that has never run. */
  position(name: string): Promise<number>;
  /** Those of the documents that are there. */
  get(name: string, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** All or nothing; null deletes. "elsewhere": the projection is not at `from`, somebody else has moved it, and nothing changes. */
  advance(step: ProjectionStep): Promise<"advanced" | "elsewhere">;
  /** Back to before the first event, without documents. */
  reset(name: string): Promise<void>;
};

export type ProjectionStep = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly documents: ReadonlyMap<string, unknown>;
};

/** Who owns which world. The fence of a world grows with every change of hands and never returns. */
export type Leases = {
  /** Takes those of the worlds that are free, expired (by the store's clock), or this owner's own already; answers with their new fences. */
  acquire(owner: string, worldIds: readonly WorldId[], leaseMs: number): Promise<ReadonlyMap<WorldId, number>>;
  /**
   * Says that this owner is alive, for as long as a lease, and prolongs everything it still holds, in one step. Answers what it holds,
   * and who is alive, itself among them.
   */
  renew(
    owner: string,
    leaseMs: number,
  ): Promise<{ readonly held: ReadonlySet<WorldId>; readonly alive: ReadonlySet<string> }>;
  /** Frees those of the worlds that this owner holds; their fences stay. */
  release(owner: string, worldIds: readonly WorldId[]): Promise<void>;
  /** Frees everything this owner holds, and it is alive no more. */
  leave(owner: string): Promise<void>;
};

// ── Messages ──

export type RequestOptions = { readonly timeoutMs: number; readonly signal?: AbortSignal };

export type Bus = {
  /** Rejects with the server's AppError, TIMEOUT past the deadline or when the signal aborts, UNAVAILABLE when nobody serves. */
  request<Input, Output>(rpc: Rpc<Input, Output>, input: Input, options: RequestOptions): Promise<Output>;
  /** Input and output are checked against the schemas. The returned function stops serving once what is under way is done. */
  serve<Input, Output>(rpc: Rpc<Input, Output>, handle: (input: Input) => Promise<Output>): () => Promise<void>;
  /** May be lost. Never throws, never waits. */
  publish<Message>(news: News<Message>, message: Message): void;
  subscribe<Message>(news: News<Message>, handle: (message: Message) => void): () => void;
};

/** One input as it was taken from a world's stream. */
export type Delivery = {
  readonly input: WorldInput;
  /** Not delivered again. Called after what it caused is committed. */
  ack(): void;
};

export type InputStreams = {
  /**
   * Resolves when the stream has it. The same `input.id` again within two minutes is taken only once.
   * Throws UNAVAILABLE when the stream is full or cannot be reached: then it may or may not be in, and sending it again is safe.
   */
  append(worldId: WorldId, input: WorldInput): Promise<void>;
  /** Delivers in order, from the first that was not acknowledged; one consumer a world. What was delivered and not acknowledged comes again to the next one. */
  consume(worldId: WorldId, deliver: (delivery: Delivery) => void): { stop(): Promise<void> };
};

// ── Connections ──

export type Connection = {
  readonly id: ConnectionId;
  readonly userId: UserId;
  readonly username: string;
  readonly sessionId: SessionId;
  readonly protocol: WireProtocol;
  readonly characterId: CharacterId;
  readonly characterName: string;
  readonly worldId: WorldId;
  readonly connectedAtMs: number;
};

export type AdmitOptions = {
  readonly limit: Limit;
  readonly nowMs: number;
  readonly numbered: boolean;
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
  /**
   * The connection goes on as another character, or in another world; it takes over as in `add`, and answers likewise. Its bucket
   * and its numbers go on. Nothing happens where it is gone.
   */
  rebind(
    id: ConnectionId,
    to: Pick<Connection, "characterId" | "characterName" | "worldId">,
  ): Promise<Connection | null>;
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

/** The way out to the sockets. */
export type Clients = {
  /**
   * One frame. Resolves once it is handed over; those of one connection arrive in the order posted, and nobody waits for another's.
   * "gone": the socket is no more. "slow": it does not drain and has been given up, so that it is gone now.
   * Throws PAYLOAD_TOO_LARGE over `frameOutBytesMax`, and UNAVAILABLE when the gateway cannot be reached: then it may have arrived.
   */
  post(id: ConnectionId, frame: string): Promise<"posted" | "gone" | "slow">;
  /** Closes the socket, after what was posted before. What is gone already is no error. */
  close(id: ConnectionId): Promise<void>;
};

/** Frames kept for resume, numbered from 1 for each character. */
export type Outbox = {
  /** Keeps the frames for at least two minutes (at most `outboxFramesMax`), and answers the number of the first. */
  append(id: CharacterId, frames: readonly string[], nowMs: number): Promise<number>;
  /** Everything after `after`, in order; null where some of it is no longer kept or was never there. */
  after(
    id: CharacterId,
    after: number,
    nowMs: number,
  ): Promise<{ readonly seq: number; readonly frame: string }[] | null>;
  /** The number of the last frame; 0 for none. */
  last(id: CharacterId): Promise<number>;
};

export const outboxFramesMax = 1000;
export const outboxKeepMs = 150_000;
