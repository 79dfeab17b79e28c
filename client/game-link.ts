import { backOffMs } from "./back-off.ts";
import { CommandQueue } from "./command-queue.ts";
import { type Frame, framesIn } from "./frames.ts";
import { ApiError } from "./rest.ts";

// The way to a world: it comes back by itself after every break, and goes on where it was.

export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** Will try again then, by the clock of `nowMs`. */
  | { readonly kind: "waiting"; readonly untilMs: number }
  | { readonly kind: "ended"; readonly why: "left" | "elsewhere" | "signed-out" };

export type Socket = { send(text: string): void; close(code: number): void };
export type SocketEvents = {
  readonly onOpen: () => void;
  readonly onMessage: (data: unknown) => void;
  /** Once, also where it never opened. */
  readonly onClose: (code: number) => void;
};

/** The outside as a link needs it; tests move its clock. */
export type LinkWorld = {
  nowMs(): number;
  /** Answers how to call it off. */
  after(ms: number, work: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
  uuid(): string;
  openSocket(url: string, protocols: readonly string[], events: SocketEvents): Socket;
};

export type LinkOptions = {
  /** Of the socket, without a query: "ws://localhost:8080/api/game/ws". */
  readonly url: string;
  readonly ticket: () => Promise<{ readonly ticket: string }>;
  /** null: as whom one comes to the lobby. */
  readonly characterId: string | null;
  /** The last frame that an earlier page of this visit has shown. */
  readonly lastSeq: number | null;
  readonly onFrame: (frame: Frame) => void;
  readonly onState: (state: LinkState) => void;
  /** "arrived": it is with the world. "lost": nobody knows, and it is not sent again. */
  readonly onCommand: (id: string, outcome: "arrived" | "lost") => void;
};

const subprotocol = "thousand-worlds.v1";
/** Only this code says goodbye; after any other the character stays for a while. */
const goodbye = 1000;
const brokenCode = 4000;
/** Quiet for so long after a command, it is asked whether the link still works; then for so long an answer is waited for. */
const doubtMs = 1000;
const pongMsMax = 8000;
/** The gateway closes what is idle for ten minutes. */
const keepAliveMs = 4 * 60_000;
const openMsMax = 15_000;
/** A link that lasted this long was a good one: after it the waits begin anew. */
const steadyMs = 5000;

type Timer = "retry" | "open" | "doubt" | "pong" | "steady" | "keepAlive";

export class GameLink {
  readonly #options: LinkOptions;
  readonly #world: LinkWorld;
  readonly #queue = new CommandQueue();
  /** What is due later: at most one of each kind. */
  readonly #timers = new Map<Timer, () => void>();
  #state: LinkState = { kind: "connecting" };
  #socket: Socket | null = null;
  #characterId: string | null;
  #lastSeq: number | null;
  #attempt = 0;
  /** Events of sockets before the present one mean nothing any more. */
  #generation = 0;

  constructor(options: LinkOptions, world: LinkWorld) {
    this.#options = options;
    this.#world = world;
    this.#characterId = options.characterId;
    this.#lastSeq = options.lastSeq;
    void this.#connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Where a later page of this visit can go on. */
  get position(): { readonly characterId: string | null; readonly lastSeq: number | null } {
    return { characterId: this.#characterId, lastSeq: this.#lastSeq };
  }

  /** Sends a line, or keeps it until the link is back; answers its id, or null where too much is waiting already. */
  command(text: string): string | null {
    if (this.#queue.isFull || this.#state.kind === "ended") return null;
    const id = this.#world.uuid();
    this.#queue.add({ id, text });
    if (this.#state.kind === "open") this.#flush();
    return id;
  }

  /** The socket belongs to another character of this player from here on: on his way he went on as that one. */
  goOnAs(characterId: string): void {
    if (this.#characterId === characterId) return;
    // Who came without naming one has learnt now which one it is.
    const isOther = this.#characterId !== null;
    this.#characterId = characterId;
    if (isOther) for (const id of this.#queue.clear()) this.#options.onCommand(id, "lost");
  }

  /** There is reason to believe that it works now, or no longer: asks, or tries at once. */
  check(): void {
    if (this.#state.kind === "open") this.#ping();
    else if (this.#state.kind === "waiting") this.#retry();
  }

  /** Tries again after it ended because the player went on elsewhere. */
  takeBack(): void {
    if (this.#state.kind !== "ended" || this.#state.why !== "elsewhere") return;
    this.#attempt = 0;
    void this.#connect();
  }

  /** Says goodbye. */
  leave(): void {
    this.#end("left");
  }

  async #connect(): Promise<void> {
    const generation = ++this.#generation;
    this.#enter({ kind: "connecting" });
    const isMine = () => generation === this.#generation;
    try {
      const { ticket } = await this.#options.ticket();
      if (!isMine()) return;
      const query = this.#characterId === null ? "" : `?character_id=${this.#characterId}`;
      this.#socket = this.#world.openSocket(this.#options.url + query, [subprotocol, `ticket.${ticket}`], {
        onOpen: () => isMine() && this.#opened(),
        onMessage: (data) => isMine() && this.#received(data),
        onClose: () => isMine() && this.#broken(),
      });
      this.#later("open", openMsMax, () => this.#giveUpSocket());
    } catch (error) {
      if (isMine()) this.#ticketFailed(error);
    }
  }

  #ticketFailed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) return this.#end("signed-out");
    const retryAfterS = error instanceof ApiError ? error.retryAfterS : null;
    return this.#broken(retryAfterS === null ? 0 : retryAfterS * 1000);
  }

  #opened(): void {
    this.#cancel("open");
    this.#queue.reconnected();
    this.#enter({ kind: "open" });
    if (this.#lastSeq !== null) {
      this.#send(JSON.stringify({ type: "resume", data: { after: this.#lastSeq, n: this.#queue.nextNumber() } }));
    }
    this.#later("steady", steadyMs, () => (this.#attempt = 0));
    this.#keepAlive();
    this.#flush();
  }

  #flush(): void {
    for (const frame of this.#queue.takeUnsent()) this.#send(frame);
    if (this.#queue.isUnsure && !this.#timers.has("pong")) this.#later("doubt", doubtMs, () => this.#ping());
  }

  #ping(): void {
    if (this.#timers.has("pong")) return;
    this.#cancel("doubt");
    this.#queue.pinged();
    this.#send('{"type":"ping"}');
    this.#later("pong", pongMsMax, () => this.#giveUpSocket());
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#later("keepAlive", keepAliveMs, () => this.#ping());
  }

  #received(data: unknown): void {
    for (const frame of framesIn(data)) {
      if (frame.seq > 0) this.#lastSeq = frame.seq;
      if (frame.type === "pong") this.#ponged();
      else if (frame.type === "error") this.#refused(frame.data);
      if (frame.type === "game_message" && frame.data.metadata?.["reason"] === "connected_elsewhere") {
        this.#end("elsewhere");
      }
      this.#options.onFrame(frame);
    }
  }

  #ponged(): void {
    this.#cancel("pong");
    for (const id of this.#queue.ponged()) this.#options.onCommand(id, "arrived");
    if (this.#queue.isUnsure) this.#later("doubt", doubtMs, () => this.#ping());
  }

  #refused({ code, id }: { readonly code: string; readonly id?: string }): void {
    if (id !== undefined) this.#queue.drop(id);
    if (code === "SESSION_EXPIRED") this.#end("signed-out");
  }

  /** It may never say that it is closed. */
  #giveUpSocket(): void {
    this.#socket?.close(brokenCode);
    this.#broken();
  }

  #broken(atLeastMs = 0): void {
    this.#generation += 1;
    this.#socket = null;
    this.#cancelAll();
    const waitMs = Math.max(atLeastMs, backOffMs(this.#attempt, this.#world.random()));
    this.#attempt += 1;
    this.#enter({ kind: "waiting", untilMs: this.#world.nowMs() + waitMs });
    this.#later("retry", waitMs, () => this.#retry());
  }

  #retry(): void {
    this.#cancelAll();
    void this.#connect();
  }

  #end(why: Extract<LinkState, { kind: "ended" }>["why"]): void {
    this.#generation += 1;
    this.#cancelAll();
    this.#socket?.close(goodbye);
    this.#socket = null;
    this.#enter({ kind: "ended", why });
  }

  #send(text: string): void {
    this.#socket?.send(text);
  }

  #enter(state: LinkState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #later(kind: Timer, ms: number, work: () => void): void {
    this.#cancel(kind);
    const cancel = this.#world.after(ms, () => {
      this.#timers.delete(kind);
      work();
    });
    this.#timers.set(kind, cancel);
  }

  #cancel(kind: Timer): void {
    this.#timers.get(kind)?.();
    this.#timers.delete(kind);
  }

  #cancelAll(): void {
    for (const kind of this.#timers.keys()) this.#cancel(kind);
  }
}
