import type { AuditEvent, AuditRecord } from "./account/audit.ts";
import type { Letter, NewLetter } from "./account/letter.ts";
import type { Account, AccountRole, Principal, Session, SessionLifetime } from "./account/model.ts";
import type { Presented } from "./account/refresh-family.ts";
import type { CharacterRecord } from "./character/model.ts";
import type { InterviewId } from "./interview/model.ts";
import type { Budget } from "./llm/budget.ts";
import type { CharacterId, ConnectionId, SessionId, UserId, WorldId } from "./lib/ids.ts";
import type { DegradedReason, LlmRequest, ModelFailure, TokenCounts } from "./protocol/llm.ts";
import type { News, Rpc } from "./protocol/subjects.ts";
import type { WireProtocol, WorldInput } from "./protocol/world-input.ts";
import type { Observation } from "./sim/weather/observation.ts";
import type { ObservedPlace } from "./sim/weather/observe.ts";
import type { WeatherView } from "./sim/weather/sample.ts";
import type { AirOrder } from "./world/weather/air-run.ts";
import type { PlanetSpec } from "./sim/planet/spec.ts";
import type { Position } from "./world/space.ts";
import type { WorldFault, WorldLife, WorldRecord } from "./world/spec.ts";

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
  /** The same password at another cost. Atomic: only while the hash is still `from`. False where it is not, or there is no such account. */
  replacePasswordHash(id: UserId, hashes: { readonly from: string; readonly to: string }): Promise<boolean>;
  /** Another password. As `replacePasswordHash`; in the same step all that was mailed to the account stops being good. */
  changePasswordHash(id: UserId, hashes: { readonly from: string; readonly to: string }): Promise<boolean>;
  /**
   * The account is on its way out: from now on it is found neither by id nor by e-mail, and every method here takes it as one that is not there,
   * while its e-mail and username stay taken until it is erased. With `from` only while that is the hash. False where nothing began now.
   */
  beginDeletion(id: UserId, begun: { readonly from: string | null; readonly atMs: number }): Promise<boolean>;
  /** Those on their way out, the oldest first, at most `limit`. */
  deletionsBegun(limit: number): Promise<{ readonly id: UserId; readonly email: string }[]>;
};

export type MailTokenPurpose = "verify" | "reset";

export type NewMailToken = {
  readonly userId: UserId;
  readonly purpose: MailTokenPurpose;
  /** All that is kept of it. */
  readonly hash: string;
  /** To which it is mailed. */
  readonly email: string;
  readonly expiresAtMs: number;
};

/** What was mailed to the owner of an account, to be shown once. */
export type MailTokens = {
  /** The only one of its purpose from now on. Nothing happens where the account is not there, or has another e-mail. */
  issue(token: NewMailToken): Promise<void>;
  /** Whose it is, while it is good at `nowMs`. It stays good. */
  find(purpose: MailTokenPurpose, hash: string, nowMs: number): Promise<UserId | null>;
  /** One atomic step: spends the token and takes the e-mail that it was mailed to as verified. null where it is not good, or the account has another e-mail. */
  verifyEmail(hash: string, nowMs: number): Promise<UserId | null>;
  /**
   * One atomic step: spends the token, sets the password, ends everything else that was mailed, and takes the e-mail as verified. Of any number
   * that race with one token exactly one is answered whose it was. null where it is not good.
   */
  resetPassword(hash: string, passwordHash: string, nowMs: number): Promise<UserId | null>;
};

/** Mail that is still to be sent. */
export type Letters = {
  /** Kept when it resolves. Where one of the same kind to the same address waits already it is that one, which is due in `letterTakenMs` at the latest. */
  put(letter: NewLetter): Promise<void>;
  /** Takes those that are due, the longest due first. Nobody else gets them for `letterTakenMs`; then they are due again. Each taking is an attempt. */
  take(nowMs: number, limit: number): Promise<Letter[]>;
  /** Not due before. */
  postpone(id: string, dueAtMs: number): Promise<void>;
  /** Sent, or given up. */
  remove(id: string): Promise<void>;
};

export const letterTakenMs = 60_000;

/** The way out to mailboxes. */
export type Mail = {
  /**
   * Resolves when somebody has it who delivers it. Throws UNAVAILABLE where it may be tried again (it may have been sent), INVALID_INPUT where
   * that will never help: an address that does not exist.
   */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
};

export type OutgoingMail = { readonly to: string; readonly subject: string; readonly text: string };

/** What the tables and the log hold of one person. */
export type PersonalData = {
  /** Oldest first. */
  worldsOf(id: UserId): Promise<Pick<WorldRecord, "id" | "name" | "createdAtMs">[]>;
  /**
   * Events of all worlds after a position (0: from the first) that these characters brought about, in order, at most `limit`, with the position
   * to go on after; null at the end. It looks through a bounded part of the log, so that a page may be empty and not the last.
   */
  eventsOf(ids: readonly CharacterId[], after: number, limit: number): Promise<PersonalEvents>;
  /**
   * All or nothing, for an account whose deletion has begun: its row, characters, sessions and mail tokens are deleted, its worlds belong to
   * nobody, its part of the audit loses addresses and sessions, and `last` is kept. False where there is no such account.
   */
  erase(id: UserId, last: { readonly event: AuditEvent; readonly letter: NewLetter | null }): Promise<boolean>;
};

export type PersonalEvents = { readonly events: readonly FeedEvent[]; readonly next: number | null };

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
  /** Deletes those from before a moment among the `limit` first; answers how many. */
  deleteBefore(beforeMs: number, limit: number): Promise<number>;
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
  /** No address is known for the account any more. Rejects where that cannot be done. */
  forget(account: string): Promise<void>;
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
  /**
   * Atomic, with the first events of its log: of several that race for one name (as `nameKey` has it), exactly one wins. The name of a world
   * that is deleted is free again. "exists": this id was given before, and nothing changes. The world is asleep until somebody wants it; one
   * that is "generating" is awake, so that an owner makes its planet.
   */
  create(world: WorldRecord, firstEvents: readonly NewEvent[]): Promise<"created" | "exists" | "name-taken">;
  /** null also for one that is deleted, as if it had never been; so for all that follow. */
  get(id: WorldId): Promise<WorldRecord | null>;
  /** Those that are there, in no order. */
  getMany(ids: readonly WorldId[]): Promise<WorldRecord[]>;
  /** Oldest first, the lobby before all. */
  list(): Promise<WorldRecord[]>;
  /** In the same order, after one of them; null for the first. */
  page(after: Pick<WorldRecord, "id" | "createdAtMs"> | null, limit: number): Promise<WorldRecord[]>;
  /**
   * Tells the registry what its log says. What is older than what it knows changes nothing. "deleted": the world leaves every list and frees
   * its name, who is a guest there finds himself at home, and who is at home there is deleted; its log and its snapshots stay.
   */
  follow(id: WorldId, life: WorldLife): Promise<void>;
  /** null: it is well. A quarantined world is given to no owner. */
  setFault(id: WorldId, fault: WorldFault | null): Promise<void>;
};

export type WorldNames = {
  /** Whether no world is called that, as `nameKeyOf` compares names. Somebody may take it right after: only `Worlds.create` gives a name. */
  isFree(name: string): Promise<boolean>;
};

// ── Interviews ──

export type InterviewStatus = "open" | "completed" | "abandoned";

export type StoredInterview = {
  readonly id: InterviewId;
  readonly userId: UserId;
  readonly status: InterviewStatus;
  /** All of them, in order. */
  readonly events: readonly StoredEvent[];
};

/** What was said in interviews, and what came of it. They go with their account. */
export type Interviews = {
  /**
   * Atomic, durable when it resolves: a user has at most one that is open. null where it has begun; else the id of the one that is open,
   * and nothing changed.
   */
  begin(
    interview: { readonly id: InterviewId; readonly userId: UserId; readonly atMs: number },
    firstEvents: readonly NewEvent[],
  ): Promise<InterviewId | null>;
  get(id: InterviewId): Promise<StoredInterview | null>;
  /** The one that is open. */
  openOf(userId: UserId): Promise<InterviewId | null>;
  /** All or nothing, durable when it resolves. "wrong-version": somebody else was quicker, or there is none, and nothing changed. */
  append(
    id: InterviewId,
    change: {
      readonly expectedVersion: number;
      readonly events: readonly NewEvent[];
      readonly status: InterviewStatus;
      readonly atMs: number;
    },
  ): Promise<"appended" | "wrong-version">;
};

// ── Planets ──

/** Of a stored planet. Level 7 has 2.7 MB. */
export const planetBytesMax = 16 * 1024 * 1024;

export type Planets = {
  /** Byte for byte as it was kept; null where there is none. */
  get(id: WorldId): Promise<Uint8Array | null>;
  /**
   * Once for ever, and atomic: with its planet a world that is "generating" becomes "active", and its spawn is here from then on. False where
   * it has a planet already: nothing changes then. Throws INTERNAL over `planetBytesMax`.
   */
  keep(id: WorldId, planet: Uint8Array, spawn: Position): Promise<boolean>;
};

export type MakingPlanet = {
  readonly signal: AbortSignal;
  /** Of the whole, 0 … 1; never goes back. */
  onProgress(stage: string, share: number): void;
};

/**
 * Makes a planet's bytes (`encodePlanet`), the same ones for the same specification wherever and however often; the caller's thread stays free.
 * Rejects with UNAVAILABLE soon after the signal aborts, and leaves nothing behind.
 */
export type MakePlanet = (spec: PlanetSpec, making: MakingPlanet) => Promise<Uint8Array>;

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
  /** The one at or before a version that is nearest to it. */
  snapshotAt(worldId: WorldId, version: number): Promise<StoredSnapshot | null>;
  /** The newest ones are kept, and for ever one of every `eventsPerMilestone` versions: for who asks what was. */
  saveSnapshot(worldId: WorldId, snapshot: StoredSnapshot): Promise<void>;
  /** What a replay must reach: versions and hashes of the snapshots that are kept, lowest version first. */
  snapshotHashes(worldId: WorldId): Promise<Pick<StoredSnapshot, "version" | "hash">[]>;
};

export const eventsPerMilestone = 10_000;

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
  /**
   * Takes those of the worlds that are free, expired (by the store's clock), or this owner's own already; answers with their new fences.
   * They are awake from then on. Nobody gets one that is deleted or quarantined.
   */
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
  /** Frees one that this owner holds, and it is asleep: nobody need run it until somebody wants it. Nothing happens under another fence. */
  sleep(owner: string, worldId: WorldId, fence: number): Promise<void>;
  /** Worlds that are awake (every one that was never put to sleep is) and that nobody holds, those longest without an owner first. */
  unowned(limit: number): Promise<WorldId[]>;
  /** Frees everything this owner holds, and it is alive no more. */
  leave(owner: string): Promise<void>;
};

// ── Weather ──

/** The air over worlds, stepped so that nobody waits for it. The same order comes to the same air, bit for bit, wherever it is stepped. */
export type Weathers = {
  /** Throws UNAVAILABLE where `airsMax` are open. */
  open(order: AirOrder): OpenAir;
};

export type OpenAir = {
  /** Seconds of the world. */
  readonly stepS: number;
  /** Whether it can go on: the thread may die, and a push may come too late. Who wants it then opens another. */
  readonly isLost: boolean;
  /**
   * What is in the air at a moment of the world, or null while that is being worked out; it is asked for by this. Never waits. Good until control
   * is given back. Moments are not to go back.
   */
  at(timeS: number): WeatherView | null;
  /** To take effect with steps that nobody has asked for yet: else the air is lost. */
  push(pushes: AirOrder["pushes"]): void;
  /** A state to begin again from, such that `at` goes on without a jump. Rejects with UNAVAILABLE where the air is lost or too much is asked. */
  save(): Promise<SavedAir>;
  /** What will be seen at these times, in their order: fewer where the last are too far away. Rejects like `save`, and with TIMEOUT. */
  forecast(place: ObservedPlace, timesS: readonly number[]): Promise<readonly Observation[]>;
  /** What was asked before is still answered. */
  close(): void;
};

export type SavedAir = { readonly step: number; readonly state: Uint8Array };

/** Airs that one process holds: 0.7 MB each for a planet. */
export const airsMax = 256;

/** With what it came from: its beginning, and how many pushes had taken effect. */
export type StoredWeather = SavedAir & { readonly originStep: number; readonly pushCount: number };

export type WeatherStates = {
  /** The newest replaces what was there, but not under a fence that is older than it. Copies what it is given. */
  save(worldId: WorldId, fence: number, weather: StoredWeather): Promise<void>;
  latest(worldId: WorldId): Promise<StoredWeather | null>;
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
  /** Worlds whose stream holds something that is not acknowledged, in no order; whether somebody reads it or not. */
  waiting(): Promise<WorldId[]>;
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

// ── Models ──

/** Tokens that a user may have models read and write. Shared by all gateways. */
export type TokenBudgets = {
  /** Atomic: takes the tokens, or says in how many milliseconds they will be there. */
  reserve(
    userId: string,
    tokens: number,
    budget: Budget,
    nowMs: number,
  ): Promise<{ readonly isGranted: true } | { readonly isGranted: false; readonly retryAfterMs: number }>;
  /** Atomic: gives back what was reserved and not used; less than 0 takes what was used beyond it. */
  settle(userId: string, unused: number, budget: Budget, nowMs: number): Promise<void>;
};

export type KeptAnswer = {
  readonly text: string;
  readonly json?: unknown;
  readonly model: string;
  readonly tokens: TokenCounts;
};

/** Answers by the whole question. Nobody depends on it: it forgets when it likes, before their time is over. */
export type AnswerCache = {
  /** null where it is not known, or not any more at `nowMs`. Never rejects. */
  get(key: string, nowMs: number): Promise<KeptAnswer | null>;
  /** Never rejects. */
  set(key: string, answer: KeptAnswer, lifeMs: number, nowMs: number): Promise<void>;
};

/** A request that is this taker's. */
export type ModelDelivery = {
  readonly request: LlmRequest;
  /** From 1. More than 1: another one had it, and died, or gave it back. */
  readonly attempt: number;
  /** Whether it is surely still this taker's: nobody else has been given it. */
  isHeld(): boolean;
  /** It is answered: nobody is given it again. */
  done(): void;
  /** Somebody else is to have it, at once. */
  giveBack(): void;
};

/**
 * Requests for models, kept until they are done, whoever of those who take them dies. A crash of the queue itself may lose the latest: whoever asked
 * still has his, and adds it again when he is told. Any number of gateways share them.
 */
export type ModelRequests = {
  /**
   * Resolves when it is kept. The same id again within two minutes is taken only once. Throws UNAVAILABLE when it cannot be kept, or too
   * many are: then it may or may not be in.
   */
  add(request: LlmRequest): Promise<void>;
  /**
   * Delivers each request to one taker at a time, for as long as it lives; which comes first is the taker's affair, who holds many. One that
   * dies, or is cut off, loses what it has: within `modelRequestLeaseMs` it is given to another, or, where the server has not noticed that
   * he is gone, within twice that. `lost` is told of those it has lost, surely or perhaps. While paused nothing new is delivered.
   * Stopped, it gives back everything that is not done.
   */
  take(handlers: ModelRequestHandlers): ModelRequestTaker;
  /**
   * Calls back when the queue was away, and what was kept may be lost: not before `modelRequestLeaseMs` have gone by, so that most of what is under
   * way somewhere is answered by then. What is still kept is not taken a second time. The returned function ends it.
   */
  onDoubt(handle: () => void): () => void;
};
export type ModelRequestHandlers = {
  readonly deliver: (delivery: ModelDelivery) => void;
  readonly lost: (delivery: ModelDelivery) => void;
};
export type ModelRequestTaker = { pause(): void; resume(): void; stop(): Promise<void> };

/** A taker that says nothing for so long has lost what it had. */
export const modelRequestLeaseMs = 6_000;

export type ModelCall = Pick<LlmRequest, "mode" | "messages" | "schema" | "outputTokensMax"> & {
  readonly model: string;
};
export type ModelOutcome =
  | { readonly status: "answered"; readonly text: string; readonly tokens: TokenCounts }
  | {
      readonly status: "failed";
      readonly reason: ModelFailure;
      /** Whether it is the host's fault rather than the request's. */
      readonly isHostFault: boolean;
      /** What it has cost all the same, as far as is known. */
      readonly tokens: TokenCounts;
    };

/** A server that runs models. */
export type ModelHost = {
  /** What it has, and what of that is in its memory. Throws UNAVAILABLE where it does not answer. */
  look(signal: AbortSignal): Promise<{ readonly models: ReadonlySet<string>; readonly loaded: ReadonlySet<string> }>;
  /**
   * One answer. Never rejects. What is not wholly and rightly an answer is a failure. When the signal aborts the connection is closed, and the
   * outcome is "cancelled".
   */
  run(
    call: ModelCall,
    options: { readonly signal: AbortSignal; readonly onToken?: (text: string) => void },
  ): Promise<ModelOutcome>;
};

/** What a caller wants to know. What is left out is as its kind has it. */
export type Question = Pick<LlmRequest, "kind" | "userId" | "messages" | "outputTokensMax"> &
  Partial<Pick<LlmRequest, "priority" | "mode" | "schema" | "model" | "prompt">> & { readonly waitMsMax?: number };
export type LlmAnswer =
  | ({ readonly status: "answered"; readonly isCached: boolean } & KeptAnswer)
  | { readonly status: "degraded"; readonly reason: DegradedReason; readonly retryAfterMs?: number };

export type Llm = {
  /**
   * Never rejects, and is never later than the question's `waitMsMax`. "degraded" at once where nobody could answer; the caller then goes on
   * without a model. Tokens come in order and are the beginning of the answer; where it is degraded in the end they count for nothing.
   */
  ask(
    question: Question,
    options?: { readonly signal?: AbortSignal; readonly onToken?: (text: string) => void },
  ): Promise<LlmAnswer>;
};
