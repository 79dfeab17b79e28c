import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "#client/api.ts";
import { basicCommands, type CommandInfo, commandNamed, completionsOf } from "#client/commands.ts";
import type { Frame, Message } from "#client/frames.ts";
import { GameLink, type LinkState, type LinkWorld } from "#client/game-link.ts";
import { describeMap, neighboursOf } from "#client/surroundings.ts";
import type { StateUpdate } from "#core/protocol/frames-out.ts";
import type { MapData } from "#core/protocol/map.ts";
import type { WorldMap } from "#core/protocol/world-map.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import type { MapMode } from "./arguments.ts";
import { drawMap, drawWorldMap } from "./draw-map.ts";
import { localCommand } from "./local-commands.ts";
import { statusPrompt } from "./status-prompt.ts";
import type { Terminal } from "./terminal.ts";

export type GameOptions = {
  readonly terminal: Terminal;
  readonly api: Api;
  readonly linkWorld: LinkWorld;
  readonly origin: string;
  readonly characterId: string | null;
  readonly mapMode: MapMode;
  readonly columns: () => number;
};

/** Lines of a pipe: fewer than the server takes of one who types. */
const pipedEveryMs = 70;
/** The end of a pipe: nothing more has come of its lines for so long. */
const quietMs = 1200;
const quietMsMax = 20_000;
const worldEveryMs = 60_000;
/** Ids of what was shown: a frame that is sent again after a break has the same. */
const seenMax = 1000;

export class Game {
  readonly #options: GameOptions;
  readonly #link: GameLink;
  readonly #ended = Promise.withResolvers<Ended>();
  readonly #seen = new Set<string>();
  /** What was typed and is not known to have arrived. */
  readonly #underWay = new Map<string, string>();
  #commands: readonly CommandInfo[] = basicCommands;
  #map: MapData | null = null;
  #vitals: StateUpdate | null = null;
  #world: WorldDetailResponse | null = null;
  #mapMode: MapMode;
  #isMapWanted = false;
  #isCut = false;
  #lastFrameMs = 0;

  constructor(options: GameOptions) {
    const { origin, api, characterId, linkWorld } = options;
    this.#options = options;
    this.#mapMode = options.mapMode;
    this.#link = new GameLink(
      {
        url: `${origin.replace(/^http/u, "ws")}/api/game/ws`,
        ticket: () => api.ticket(),
        characterId,
        lastSeq: null,
        onFrame: (frame) => this.#onFrame(frame),
        onState: (state) => this.#onState(state),
        onCommand: (id, outcome) => this.#onCommand(id, outcome),
      },
      linkWorld,
    );
    void api.commands().then(
      ({ commands }) => (this.#commands = commands),
      () => undefined,
    );
  }

  /** Until somebody leaves: the player, or the server for him. */
  async run(): Promise<Ended> {
    const timer = setInterval(() => void this.#lookUpWorld(), worldEveryMs);
    try {
      return await Promise.race([this.#readLines(), this.#ended.promise]);
    } finally {
      clearInterval(timer);
      this.#link.leave();
    }
  }

  complete(line: string): readonly string[] {
    const near = this.#map === null ? [] : neighboursOf(this.#map);
    const called = (kind: string) => near.filter((each) => each.kind === kind).map(({ name }) => name);
    const carried = this.#vitals?.inventory.map(({ name }) => name) ?? [];
    const known = { people: called("person"), things: [...called("thing"), ...carried], places: called("portal") };
    return completionsOf(line, this.#commands, known).map(({ text }) => text);
  }

  async #readLines(): Promise<Ended> {
    const { terminal } = this.#options;
    for (;;) {
      const line = await terminal.nextLine();
      if (line === null || localCommand(line, this.#local) === "leave") break;
      if (!line.startsWith("/")) await this.#send(line.trim());
    }
    if (!terminal.isTty) await this.#quiet();
    return "left";
  }

  /** What this client does itself. */
  readonly #local = {
    say: (text: string) => this.#options.terminal.say("note", `* ${text}`),
    mapMode: () => this.#mapMode,
    setMapMode: (mode: MapMode) => (this.#mapMode = mode),
    showMap: (mode: MapMode) => this.#showMap(mode),
    takeBack: () => this.#link.takeBack(),
  };

  async #send(text: string): Promise<void> {
    const { terminal } = this.#options;
    if (text === "") return;
    if (!terminal.isTty) terminal.say("note", `> ${text}`);
    this.#isMapWanted = commandNamed(text.split(/\s+/u, 1)[0] ?? "", this.#commands)?.name === "map";
    let id = this.#link.command(text);
    while (id === null && !terminal.isTty && this.#link.state.kind !== "ended") {
      await sleep(pipedEveryMs);
      id = this.#link.command(text);
    }
    if (id === null) return terminal.say("error", "! Too much is waiting already; that was not taken.");
    this.#underWay.set(id, text);
    if (!terminal.isTty) await sleep(pipedEveryMs);
  }

  /** Everything has arrived, and what it brought about has been told. */
  async #quiet(): Promise<void> {
    const sinceMs = performance.now();
    this.#lastFrameMs = sinceMs;
    this.#link.check();
    while (performance.now() - sinceMs < quietMsMax && this.#link.state.kind !== "ended") {
      if (this.#underWay.size === 0 && performance.now() - this.#lastFrameMs > quietMs) return;
      await sleep(quietMs / 10);
    }
  }

  #onState(state: LinkState): void {
    const { terminal } = this.#options;
    if (state.kind === "waiting" && !this.#isCut) {
      this.#isCut = true;
      terminal.say("note", "* The link is lost and is tried again. What you type is kept and sent when it is back.");
    } else if (state.kind === "open" && this.#isCut) {
      this.#isCut = false;
      terminal.say("note", "* You are connected again.");
    } else if (state.kind === "ended" && state.why === "signed-out") {
      terminal.say("error", "! Your session is over. Start again to log in.");
      this.#ended.resolve("signed-out");
    } else if (state.kind === "ended" && state.why === "elsewhere") {
      terminal.say("note", "* You go on elsewhere. /back goes on here, /quit leaves.");
      if (!terminal.isTty) this.#ended.resolve("left");
    }
    this.#showStatus();
  }

  #onCommand(id: string, outcome: "arrived" | "lost"): void {
    const text = this.#underWay.get(id);
    this.#underWay.delete(id);
    if (outcome === "arrived" || text === undefined) return;
    this.#options.terminal.say("error", `! Nobody knows whether "${text}" arrived; it is not sent again.`);
  }

  #onFrame(frame: Frame): void {
    this.#lastFrameMs = performance.now();
    if (frame.type === "game_message") return this.#onMessage(frame.data);
    if (frame.type === "map_update") return this.#onMap(frame.data);
    if (frame.type === "error") return this.#onError(frame.data);
    if (frame.type !== "state_update") return;
    this.#vitals = frame.data;
    this.#showStatus();
  }

  #onMessage({ id, type, text, metadata }: Message): void {
    if (type === "map_update" || this.#seen.has(id)) return;
    this.#seen.add(id);
    if (this.#seen.size > seenMax) this.#seen.delete(this.#seen.values().next().value!);
    const { terminal } = this.#options;
    const sign = type === "error" || type === "crafting_error" ? "! " : "";
    if (text !== "") terminal.say(type, sign + text);
    if (type === "world_map_data" && this.#mapMode !== "never") {
      const map = metadata as unknown as Pick<WorldMap, "tiles" | "grid_width">;
      terminal.draw(drawWorldMap(map, terminal.paint));
    }
    if (type === "time" || type === "weather") void this.#lookUpWorld();
  }

  #onError({ code, message, id }: { readonly code: string; readonly message: string; readonly id?: string }): void {
    const { terminal } = this.#options;
    if (id !== undefined) this.#underWay.delete(id);
    if (code === "RESUME_EXPIRED") {
      return terminal.say("note", "* You were away for too long to hear all of it. This is how it is now.");
    }
    return terminal.say("error", `! ${message}`);
  }

  #onMap(map: MapData): void {
    const isElsewhere = map.world_id !== this.#map?.world_id;
    this.#map = map;
    if (isElsewhere) {
      void this.#lookUpWorld();
      void this.#lookUpCharacter(map.world_id);
    }
    if (this.#isMapWanted || isElsewhere || this.#mapMode === "always") this.#showMap(this.#mapMode);
    this.#isMapWanted = false;
  }

  #showMap(mode: MapMode): void {
    if (this.#map === null || mode === "never") return;
    const { terminal } = this.#options;
    if (mode !== "words") return terminal.draw(drawMap(this.#map, terminal.paint));
    for (const line of describeMap(this.#map)) terminal.say("info", line);
  }

  #showStatus(): void {
    const isOffline = this.#link?.state.kind !== "open";
    const told = { world: this.#world, vitals: this.#vitals, isOffline };
    this.#options.terminal.setPrompt(statusPrompt(told, this.#options.columns()));
  }

  async #lookUpWorld(): Promise<void> {
    const id = this.#map?.world_id;
    if (id === undefined) return;
    const found = await this.#options.api.world(id).catch(() => null);
    if (found === null || id !== this.#map?.world_id) return;
    this.#world = found;
    this.#showStatus();
  }

  /** On the way between worlds one may go on as another character of one's own, and must come back as that one after a break. */
  async #lookUpCharacter(worldId: string): Promise<void> {
    const own = await this.#options.api.characters().catch(() => []);
    const here = own.find((character) => character.world_id === worldId);
    if (here !== undefined && this.#map?.world_id === worldId) this.#link.goOnAs(here.character_id);
  }
}

export type Ended = "left" | "signed-out";
