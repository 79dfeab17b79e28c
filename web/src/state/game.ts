import { computed, signal } from "@preact/signals";
import { basicCommands, type CommandInfo } from "#client/commands.ts";
import type { Frame, Message } from "#client/frames.ts";
import { GameLink, type LinkState } from "#client/game-link.ts";
import { linkWorld } from "#client/link-world.ts";
import { neighboursOf } from "#client/surroundings.ts";
import type { StateUpdate } from "#core/protocol/frames-out.ts";
import type { MapData } from "#core/protocol/map.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import { announce } from "./announce.ts";
import { addLine, type Line, type LineKind, lines, markLine, note } from "./log.ts";
import { api, session } from "./session.ts";
import { keepVisit, keptVisit } from "./visit.ts";
import { readWeather, type Weather } from "./weather.ts";

// One game at a time: what it has told so far, and the way to it.

export const linkState = signal<LinkState>({ kind: "connecting" });
export const vitals = signal<StateUpdate | null>(null);
export const map = signal<MapData | null>(null);
export const world = signal<WorldDetailResponse | null>(null);
export const weather = signal<Weather | null>(null);
export const commands = signal<readonly CommandInfo[]>(basicCommands);
/** What is in the input; it outlives a reload. */
export const draft = signal("");
export const neighbours = computed(() => (map.value === null ? [] : neighboursOf(map.value)));

let link: GameLink | null = null;

/** A map comes only when one moves oneself. Where others do, it is asked for, at most so often and while somebody looks. */
const mapEveryMs = 1500;
const othersMove: ReadonlySet<LineKind> = new Set(["arrival", "departure", "movement", "system"]);
let mapTimer: ReturnType<typeof setTimeout> | undefined;

function askForMap(): void {
  mapTimer ??= setTimeout(() => {
    mapTimer = undefined;
    if (document.visibilityState === "visible" && linkState.value.kind === "open") link?.command("map");
  }, mapEveryMs);
}

/** What they are told about is a page of the client. */
const leadsToWorld: ReadonlySet<LineKind> = new Set(["trigger_entry_options", "world_map_data"]);

function forgetMapWish(): void {
  clearTimeout(mapTimer);
  mapTimer = undefined;
}

const worldEveryMs = 60_000;

export function startGame(characterId: string | null): void {
  leaveGame();
  const userId = userIdNow();
  const visit = keptVisit(userId);
  const isSame = visit !== null && (characterId === null || visit.characterId === characterId);
  lines.value = isSame ? visit.lines : [];
  draft.value = isSame ? visit.draft : "";
  vitals.value = map.value = world.value = weather.value = null;
  const { protocol, host } = location;
  link = new GameLink(
    {
      url: `${protocol === "https:" ? "wss" : "ws"}://${host}/api/game/ws`,
      ticket: () => api.ticket(),
      characterId: isSame ? visit.characterId : characterId,
      lastSeq: isSame ? visit.lastSeq : null,
      onFrame,
      onState,
      onCommand: (id, outcome) => markLine(id, outcome === "lost" ? "lost" : undefined),
    },
    linkWorld,
  );
  api.commands().then(
    ({ commands: told }) => (commands.value = told),
    () => {
      // The basic ones stay.
    },
  );
}

/** Says goodbye; the character leaves the world. */
export function leaveGame(): void {
  forgetMapWish();
  link?.leave();
  rememberVisit();
  link = null;
}

export const linkCheck = (): void => link?.check();
export const takeBack = (): void => link?.takeBack();

/** Sends a line as it was typed; false where it was not taken. */
export function send(text: string): boolean {
  const id = link?.command(text) ?? null;
  if (id === null) return false;
  addLine({ id, kind: "own", text, atMs: Date.now(), state: "sending" });
  return true;
}

/** For the next page of this tab: called while this one may be about to go. */
export function rememberVisit(): void {
  if (link === null || session.value.kind !== "in") return;
  // Whoever has said goodbye is greeted anew.
  const gone = link.state.kind === "ended" ? { lastSeq: null } : {};
  keepVisit({ userId: userIdNow(), ...link.position, ...gone, lines: lines.value, draft: draft.value });
}

/** The sky moves while nothing is told: looked up now and then while somebody sees the page. */
export function followWorld(): () => void {
  const timer = setInterval(() => document.visibilityState === "visible" && void lookUpWorld(), worldEveryMs);
  return () => clearInterval(timer);
}

function onState(state: LinkState): void {
  linkState.value = state;
  if (state.kind !== "ended") return;
  if (state.why === "signed-out") session.value = { kind: "out" };
}

function onFrame(frame: Frame): void {
  switch (frame.type) {
    case "game_message":
      return onMessage(frame.data);
    case "state_update":
      vitals.value = frame.data;
      return undefined;
    case "map_update":
      return onMap(frame.data);
    case "error":
      return onError(frame.data);
    case "pong":
      return undefined;
  }
}

function onMap(told: MapData): void {
  forgetMapWish();
  const isElsewhere = told.world_id !== map.value?.world_id;
  map.value = told;
  if (!isElsewhere) return;
  void lookUpWorld();
  void lookUpCharacter(told.world_id);
}

function onMessage(message: Message): void {
  const { id, type, text, speech, metadata, timestamp } = message;
  if (type === "map_update") return;
  if (type === "weather") weather.value = readWeather(metadata) ?? weather.value;
  // Under a roof there is none.
  if (type === "area_description") weather.value = readWeather(metadata?.["weather"]);
  if (type === "time" || type === "weather") void lookUpWorld();
  if (othersMove.has(type)) askForMap();
  if (text === "") return;
  const { sender_name: speaker, world_id: worldId } = metadata ?? {};
  const line: Line = {
    id,
    kind: type,
    text,
    atMs: Date.parse(timestamp),
    ...(typeof speaker === "string" && type === "speech" && { speaker }),
    ...(typeof worldId === "string" && leadsToWorld.has(type) && { worldId }),
  };
  if (!lines.value.some((known) => known.id === id)) announce(type, speech ?? text);
  addLine(line);
}

function onError({
  code,
  message,
  id,
}: {
  readonly code: string;
  readonly message: string;
  readonly id?: string;
}): void {
  if (id !== undefined) markLine(id, "lost");
  if (code === "RESUME_EXPIRED") return note("You were away for too long to hear all of it. This is how it is now.");
  addLine({ id: crypto.randomUUID(), kind: "error", text: message, atMs: Date.now() });
  return announce("error", message);
}

async function lookUpWorld(): Promise<void> {
  const id = map.value?.world_id;
  if (id === undefined) return;
  const found = await api.world(id).catch(() => null);
  if (found !== null && id === map.value?.world_id) world.value = found;
}

/** On the way between worlds one may go on as another character of one's own, and must come back as that one after a break. */
async function lookUpCharacter(worldId: string): Promise<void> {
  const own = await api.characters().catch(() => []);
  const here = own.find((character) => character.world_id === worldId);
  if (here !== undefined && map.value?.world_id === worldId) link?.goOnAs(here.character_id);
}

function userIdNow(): string {
  return session.value.kind === "in" ? session.value.user.user_id : "";
}
