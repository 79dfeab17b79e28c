import type { ConnectionId } from "#core/lib/ids.ts";
import type { Connection } from "#core/ports/connections.ts";
import { frameOutBytesMax } from "#core/protocol/frames-out.ts";
import type { WorldContext } from "./context.ts";
import { numbered } from "./frames.ts";

type Ctx = Pick<WorldContext, "clock" | "log" | "clients" | "outbox">;

/** More frames waiting for one socket mean that it does not drain: it is given up. */
export const framesWaitingMax = 2000;
/** A socket whose handshake has just been answered may not be open yet. */
const openingMs = 5000;
const openingRetryMs = 20;

export type Route = Pick<Connection, "characterId" | "protocol"> & { readonly connectionId: ConnectionId };

type LineOptions = {
  readonly route: Route;
  readonly isHeld: boolean;
  /** What the same socket is still being sent. */
  readonly after: Promise<void>;
  readonly onGone: (line: Line) => void;
  /** Keeps the frames for resume in the order in which this is called; answers the number of the first. */
  readonly keep: (frames: readonly string[]) => Promise<number>;
};

/** The way to one socket: everything goes out in order, and nobody else waits for it. */
export class Line {
  readonly route: Route;
  /** Frames are kept, but not sent, until the client says from where to resume. */
  isHeld: boolean;
  /** The last state that was sent: the same is not sent twice. */
  lastState = "";
  readonly #ctx: Ctx;
  readonly #onGone: (line: Line) => void;
  readonly #keep: LineOptions["keep"];
  readonly #sinceMs: number;
  /** Number of the last frame that was sent. */
  #sentSeq = 0;
  #work: Promise<void>;
  #waiting = 0;
  #isGone = false;

  constructor(ctx: Ctx, { route, isHeld, after, onGone, keep }: LineOptions) {
    this.#ctx = ctx;
    this.route = route;
    this.isHeld = isHeld;
    this.#work = after;
    this.#onGone = onGone;
    this.#keep = keep;
    this.#sinceMs = ctx.clock.monotonicMs();
  }

  /** Resolves when all that was asked for so far has been handed over. */
  get idle(): Promise<void> {
    return this.#work;
  }

  send(frames: readonly string[]): void {
    if (this.route.protocol === "legacy") {
      this.#enqueue(frames.length, () => this.#postAll(frames));
      return;
    }
    const kept = this.#keep(frames);
    this.#enqueue(frames.length, async () => {
      const first = await kept;
      if (!this.isHeld) await this.#postNumbered(frames.map((frame, i) => ({ seq: first + i, frame })));
    });
  }

  /** Sends everything after `after`, and lets the rest follow; false where that is no longer known. */
  async resume(after: number): Promise<boolean> {
    let isWhole = false;
    this.#enqueue(1, async () => {
      const missed = await this.#ctx.outbox.after(this.route.characterId, after, this.#ctx.clock.nowMs());
      this.isHeld = false;
      isWhole = missed !== null;
      if (!missed) return;
      this.#sentSeq = after;
      await this.#postNumbered(missed);
    });
    await this.idle;
    return isWhole;
  }

  /** Another socket of the same character has taken over: whatever is still waiting is not for this one. */
  supersede(): void {
    this.#isGone = true;
  }

  #enqueue(frames: number, work: () => Promise<void>): void {
    this.#waiting += frames;
    this.#work = this.#work
      .then(work)
      .catch((error: unknown) => {
        // Some frames may be missing now. Whoever connects again is shown everything: better than a silent hole.
        this.#ctx.log.error({ error, connectionId: this.route.connectionId }, "telling failed");
        this.#giveUp();
      })
      .finally(() => (this.#waiting -= frames));
    if (this.#waiting > framesWaitingMax) this.#giveUp();
  }

  /** What a resume has sent already is not sent again. */
  async #postNumbered(frames: readonly { readonly seq: number; readonly frame: string }[]): Promise<void> {
    const fresh = frames.filter(({ seq }) => seq > this.#sentSeq);
    this.#sentSeq = fresh.at(-1)?.seq ?? this.#sentSeq;
    await this.#postAll(joined(fresh.map(({ seq, frame }) => numbered(frame, seq))));
  }

  async #postAll(frames: readonly string[]): Promise<void> {
    for (const frame of frames) await this.#post(frame);
  }

  async #post(frame: string): Promise<void> {
    const { clients, clock } = this.#ctx;
    while (!this.#isGone) {
      const result = await clients.post(this.route.connectionId, frame);
      if (result === "posted") return;
      const isOpening = result === "gone" && clock.monotonicMs() - this.#sinceMs < openingMs;
      if (!isOpening) return this.#giveUp();
      await clock.sleep(openingRetryMs);
    }
  }

  #giveUp(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#onGone(this);
    this.#ctx.clients
      .close(this.route.connectionId)
      .catch((error: unknown) => this.#ctx.log.warn({ error, connectionId: this.route.connectionId }, "close failed"));
  }
}

/** Several objects in one frame, as long as it may be. */
function joined(frames: readonly string[]): string[] {
  const out: string[] = [];
  let bytes = 0;
  for (const frame of frames) {
    const size = Buffer.byteLength(frame) + 1;
    if (out.length > 0 && bytes + size <= frameOutBytesMax) {
      out[out.length - 1] += `\n${frame}`;
      bytes += size;
    } else {
      out.push(frame);
      bytes = size;
    }
  }
  return out;
}
