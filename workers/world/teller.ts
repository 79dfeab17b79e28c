import type { CharacterId } from "#core/lib/ids.ts";
import type { Tell } from "#core/protocol/frames-out.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";
import type { Telling } from "#core/world/scene.ts";
import type { WorldContext } from "./context.ts";
import { frameOf } from "./frames.ts";
import { Line, type Route } from "./line.ts";

type Ctx = Pick<WorldContext, "clock" | "entropy" | "log" | "clients" | "outbox">;

/** Carries what a world tells to the sockets of those it is told to. */
export class Teller {
  readonly #ctx: Ctx;
  readonly #onGone: (route: Route) => void;
  readonly #lines = new Map<CharacterId, Line>();
  /** Characters whose frames are kept, with a socket just now or without: they can resume. */
  readonly #resumable = new Set<CharacterId>();
  readonly #keeping = new Map<CharacterId, Promise<void>>();

  constructor(ctx: Ctx, onGone: (route: Route) => void) {
    this.#ctx = ctx;
    this.#onGone = onGone;
  }

  routeOf(id: CharacterId): Route | undefined {
    return this.#lines.get(id)?.route;
  }

  /** From now on the character's frames go to this socket. */
  open(route: Route, options: { readonly isHeld: boolean }): void {
    const { characterId, connectionId, protocol } = route;
    const old = this.#lines.get(characterId);
    const isSame = old?.route.connectionId === connectionId;
    if (old && !isSame) old.supersede();
    const line = new Line(this.#ctx, {
      route: { characterId, connectionId, protocol },
      isHeld: options.isHeld,
      after: isSame && old ? old.idle : Promise.resolve(),
      onGone: (gone) => {
        if (this.#lines.get(characterId) === gone) this.#lines.delete(characterId);
        this.#onGone(gone.route);
      },
      keep: (frames) => this.#keep(characterId, frames),
    });
    this.#lines.set(characterId, line);
    if (protocol === "v1") this.#resumable.add(characterId);
    else this.#resumable.delete(characterId);
  }

  /** The socket is gone; whoever can resume has his frames kept. */
  detach(id: CharacterId): void {
    this.#lines.delete(id);
  }

  /** The character is gone. Resolves when what was told before has gone out. */
  async close(id: CharacterId): Promise<void> {
    const line = this.#lines.get(id);
    this.#lines.delete(id);
    this.#resumable.delete(id);
    await line?.idle;
  }

  tell(tellings: readonly Telling[]): void {
    const atMs = this.#ctx.clock.nowMs();
    for (const [id, all] of Map.groupBy(tellings, ({ to }) => to)) {
      const line = this.#lines.get(id);
      if (!line && !this.#resumable.has(id)) continue;
      const protocol: WireProtocol = line?.route.protocol ?? "v1";
      const frames = all
        .filter(({ tell }) => isNews(line, tell))
        .map(({ tell }) => frameOf(tell, protocol, { atMs, id: this.#ctx.entropy.uuid() }));
      if (frames.length === 0) continue;
      if (line) line.send(frames);
      else void this.#keep(id, frames);
    }
  }

  /** Resolves when everything that was told so far has gone out. */
  async drained(): Promise<void> {
    await Promise.all([...this.#lines.values()].map(({ idle }) => idle));
  }

  /** Sends everything after `after`, in order, and lets the rest follow; false where that is no longer known. */
  async resume(id: CharacterId, after: number): Promise<boolean> {
    const line = this.#lines.get(id);
    return line?.route.protocol === "v1" ? line.resume(after) : false;
  }

  /** Lets frames flow that were held; those from before are skipped. */
  unhold(id: CharacterId): void {
    const line = this.#lines.get(id);
    if (line) line.isHeld = false;
  }

  /** In the order of the calls, whatever socket they are for, so that their numbers tell the order of what happened. */
  #keep(id: CharacterId, frames: readonly string[]): Promise<number> {
    const before = this.#keeping.get(id) ?? Promise.resolve();
    const kept = before.then(() => this.#ctx.outbox.append(id, frames, this.#ctx.clock.nowMs()));
    const settled = kept.then(
      () => {},
      (error: unknown) => this.#ctx.log.error({ error, characterId: id }, "frames for resume were not kept"),
    );
    const done: Promise<void> = settled.then(() => {
      if (this.#keeping.get(id) === done) this.#keeping.delete(id);
    });
    this.#keeping.set(id, done);
    return kept;
  }
}

function isNews(line: Line | undefined, tell: Tell): boolean {
  if (!line || tell.kind !== "state") return true;
  const state = JSON.stringify(tell.state);
  if (state === line.lastState) return false;
  line.lastState = state;
  return true;
}
