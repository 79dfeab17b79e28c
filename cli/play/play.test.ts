import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { MapData, MapTile } from "#core/protocol/map.ts";
import { isOpenWire, parsePlay } from "./arguments.ts";
import { playConfigFromEnv } from "./config.ts";
import { drawMap, drawWorldMap } from "./draw-map.ts";
import { keepSession, keptSession } from "./kept-sessions.ts";
import { type Local, localCommand } from "./local-commands.ts";
import { readRaises } from "./make-character.ts";
import { statusPrompt } from "./status-prompt.ts";
import { coloured, plain } from "./style.ts";
import { openTerminal } from "./terminal.ts";
import { harmless, widthOf, wrap } from "./text.ts";
import { historyMax, keepHistory, keptHistory } from "./typed-history.ts";

// eslint-disable-next-line no-control-regex
const codes = /\u001B\[[\d;]*m/gu;

function mapWith(size: number, tiles: Readonly<Record<string, Partial<MapTile>>>): MapData {
  const middle = (size - 1) / 2;
  const all = Array.from({ length: size * size }, (_, index): MapTile => {
    const [column, row] = [index % size, Math.floor(index / size)];
    const isMiddle = column === middle && row === middle;
    const tile: MapTile = { x: column, y: row, biome: "Grassland", elevation: 0, ...(isMiddle && { is_player: true }) };
    return { ...tile, ...tiles[`${column},${row}`] };
  });
  const rest = { player_x: middle, player_y: middle, player_z: 0, scale: 1, world_id: "w", is_simulated: true };
  return { tiles: all, grid_size: size, render_quality: "high", ...rest };
}

describe("the map in characters", () => {
  const map = mapWith(5, {
    "0,4": { biome: "Ocean" },
    "1,4": { out_of_bounds: true },
    "2,4": { occluded: true },
    "2,3": { entities: [{ id: "1", type: "npc", name: "Ada\u001B[2J" }] },
    "4,2": { entities: [{ id: "2", type: "statue", name: "statue" }] },
    "0,0": { portal: { world_name: "Verdance", destination: "v", active: true } },
    "1,0": { portal: { world_name: "Nowhere", destination: "n", active: false } },
    "4,0": { biome: "Later Biome" as "Ocean" },
  });

  test("has north at the top, a sign for each thing, what the signs mean and who is where", () => {
    expect(drawMap(map, plain)).toEqual([
      '  ~ # ? " "',
      '  " " P " "',
      '  " " @ " !',
      '  " " " " "',
      '  > " " " -',
      '  @ you   P somebody   ! something   > a portal   " grassland   - open land   ~ sea   # the edge   ? out of sight',
      "  Ada[2J: 1 m north",
      "  statue: 2 m east",
      "  Verdance: 3 m southwest",
    ]);
  });

  test("says the same with colours and without", () => {
    const drawn = drawMap(map, coloured);
    expect(drawn.join()).toMatch(codes);
    expect(drawn.map((line) => line.replaceAll(codes, ""))).toEqual(drawMap(map, plain));
  });

  test("names the nearest and counts the others", () => {
    const entities = Array.from({ length: 30 }, (_, i) => ({ id: String(i), type: "player", name: `Ann${i}` }));
    const lines = drawMap(mapWith(3, { "0,0": { entities } }), plain).slice(4);
    expect([lines.length, lines.at(-1)]).toEqual([9, "  and 22 more"]);
  });

  test("of a whole world shows where one is", () => {
    const tile = (grid_x: number, grid_y: number, more = {}) => ({
      grid_x,
      grid_y,
      biome: "Ocean" as const,
      avg_elevation: 0,
      ...more,
    });
    const tiles = [tile(0, 0), tile(1, 0, { biome: "Taiga" }), tile(0, 1), tile(1, 1, { is_player: true as const })];
    expect(drawWorldMap({ tiles, grid_width: 2 }, plain)).toEqual(["  ~ @", "  ~ t", "  @ you   ~ sea   t taiga"]);
  });
});

describe("text of a server", () => {
  test.each([
    ["plain\nlines", "plain\nlines"],
    ["\u001B[2Jgone\u0007", "[2Jgone"],
    ["a\rb\u009B31mc", "ab31mc"],
    ["\u202Eevil\u2069", "evil"],
    ["tab\there", "tab here"],
  ])("%j is shown as %j", (text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  test("is cut at spaces, with wide signs counted twice and combined ones once", () => {
    expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrap("a\n\nverylongword b", 4)).toEqual(["a", "", "verylongword", "b"]);
    expect(wrap("  in dent", 6)).toEqual(["  in", "dent"]);
    expect(wrap("x ".repeat(50).trim(), Infinity)).toHaveLength(1);
    expect([widthOf("日本"), widthOf("e\u0301"), widthOf("🌍")]).toEqual([4, 1, 2]);
  });
});

test("the status gives way on a narrow terminal, the link first and the place last", () => {
  const vitals = { hp: 480.4, maxHP: 500, stamina: 20, maxStamina: 500 } as Parameters<
    typeof statusPrompt
  >[0]["vitals"];
  const world = { name: "Verdance", sky: { hour: 7, minute: 5 }, clock: { is_paused: true } } as Parameters<
    typeof statusPrompt
  >[0]["world"];
  expect(statusPrompt({ vitals, world, isOffline: true }, 200)).toBe(
    "offline | HP 480/500 | Stamina 20/500 | Verdance 07:05 | time stands still > ",
  );
  expect(statusPrompt({ vitals, world, isOffline: true }, 40)).toBe("offline | HP 480/500 > ");
  expect(statusPrompt({ vitals: null, world: null, isOffline: false }, 80)).toBe("> ");
});

describe("what is kept", () => {
  async function directory() {
    const path = await mkdtemp(join(tmpdir(), "thousand-worlds-kept-"));
    return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
  }

  test("sessions are one for each server, only their owner's to read, and go again", async () => {
    await using dir = await directory();
    await keepSession(dir.path, "http://a", { email: "a@x", token: "one" });
    await keepSession(dir.path, "http://b", { email: "b@x", token: "two" });
    await keepSession(dir.path, "http://a", null);
    expect([await keptSession(dir.path, "http://a"), await keptSession(dir.path, "http://b")]).toEqual([
      null,
      { email: "b@x", token: "two" },
    ]);
    expect((await stat(join(dir.path, "sessions.json"))).mode & 0o777).toBe(0o600);
  });

  test("a session that others could read or have written is not believed, nor is nonsense", async () => {
    await using dir = await directory();
    const file = join(dir.path, "sessions.json");
    await writeFile(file, JSON.stringify({ "http://a": { email: "a@x", token: "one" } }), { mode: 0o644 });
    expect(await keptSession(dir.path, "http://a")).toBeNull();
    await rm(file);
    await writeFile(file, "{", { mode: 0o600 });
    expect(await keptSession(dir.path, "http://a")).toBeNull();
  });

  test("of what was typed the newest", async () => {
    await using dir = await directory();
    expect(await keptHistory(dir.path)).toEqual([]);
    const typed = Array.from({ length: historyMax + 5 }, (_, i) => `line ${i}`);
    await keepHistory(dir.path, typed);
    expect(await keptHistory(dir.path)).toEqual(typed.slice(0, historyMax));
  });
});

test("raises are read by the beginnings of names, and held to the points", () => {
  const names = ["Might", "Agility", "Sight"];
  expect(readRaises("mig 10, Sight +5,", names)).toEqual({ Might: 10, Sight: 5 });
  expect(readRaises("", names)).toEqual({});
  expect(readRaises("might", names)).toBe('"might" is no attribute and how far to raise it.');
  expect(readRaises("luck 5", names)).toBe('"luck 5" is no attribute and how far to raise it.');
  expect(readRaises("might 31", names)).toBe("Might can be raised by at most 30.");
  expect(readRaises("might 30, agility 30", names)).toBe("That costs 120 points, and there are 100.");
});

test("commands with a slash are the client's own", () => {
  const said: string[] = [];
  const local: Local = {
    say: (text) => said.push(text),
    mapMode: () => "never",
    setMapMode: (mode) => said.push(`set ${mode}`),
    showMap: (mode) => said.push(`show ${mode}`),
    takeBack: () => said.push("back"),
  };
  const results = ["look", "/map", "/map words", "/map x", "/back", "/nope", "/quit"].map((line) =>
    localCommand(line, local),
  );
  expect(results.slice(-2)).toEqual(["done", "leave"]);
  expect(said).toEqual([
    "show asked",
    "set words",
    "The map is shown in words, when you ask for it.",
    "The map is shown asked, always, words, never.",
    "back",
    "There is no /nope here. /help tells what there is.",
  ]);
});

test("the command line and the environment say where, as whom and in which colours", () => {
  expect(parsePlay(["--url", "https://play.example.org/x?y", "--as", "Ann"])).toEqual({
    origin: "https://play.example.org",
    user: null,
    as: "Ann",
    keeps: false,
    forgets: false,
    map: "asked",
    isPlain: false,
  });
  expect(parsePlay(["-h"])).toBeNull();
  expect(() => parsePlay(["--map", "sometimes"])).toThrow("--map is one of asked, always, words, never.");
  expect(() => parsePlay(["--url", "play.example.org"])).toThrow("--url must be that of a server");
  expect(["http://localhost:1", "http://127.0.0.1", "https://x.org", "http://x.org"].map(isOpenWire)).toEqual([
    false,
    false,
    false,
    true,
  ]);
  const env = { XDG_STATE_HOME: "/s" };
  expect(playConfigFromEnv(env)).toEqual({ stateDir: "/s/thousand-worlds", isPlain: false });
  const plains = [{ NO_COLOR: "1" }, { NO_COLOR: "" }, { TERM: "dumb" }];
  expect(plains.map((more) => playConfigFromEnv({ ...env, ...more }).isPlain)).toEqual([true, false, true]);
});

describe("a terminal", () => {
  function opened(isTTY: boolean) {
    const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
    const output = Object.assign(new PassThrough(), { isTTY, columns: 40 });
    let shown = "";
    output.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    const terminal = openTerminal({ input, output, paint: plain, history: ["before"], complete: () => [] });
    return { input, terminal, shown: () => shown };
  }

  test("shows nothing of a hidden answer, and keeps no answer in its history", async () => {
    const { input, terminal, shown } = opened(true);
    const asked = terminal.ask("Password: ", { isHidden: true });
    input.write("secret\r");
    expect(await asked).toBe("secret");
    const name = terminal.ask("Name: ");
    input.write("Ann\r");
    expect(await name).toBe("Ann");
    const line = terminal.nextLine();
    input.write("look\r");
    expect(await line).toBe("look");
    expect(terminal.history()).toEqual(["look", "before"]);
    expect(shown()).not.toContain("secret");
    expect(shown()).toContain("Ann");
    terminal.end();
  });

  test("a half-typed line stays whole when something is told above it", async () => {
    const { input, terminal, shown } = opened(true);
    const line = terminal.nextLine();
    input.write("say hel");
    terminal.say("info", "Bob arrives.");
    expect(shown()).toMatch(/Bob arrives\.\n.*> say hel[^\n]*$/su);
    input.write("lo\r");
    expect(await line).toBe("say hello");
    terminal.end();
    expect(await terminal.nextLine()).toBeNull();
  });

  test("Ctrl-C takes the line away first, and leaves when it comes again", async () => {
    const { input, terminal, shown } = opened(true);
    const line = terminal.nextLine();
    input.write("half a line");
    input.write("\u0003");
    expect(shown()).toContain("Ctrl-C again");
    input.write("\u0003");
    expect(await line).toBeNull();
  });

  test("lines of a pipe that has ended are still all given, once and in order", async () => {
    const { input, terminal, shown } = opened(false);
    input.end("one\ntwo\nthree");
    expect([await terminal.ask("First?"), await terminal.nextLine(), await terminal.nextLine()]).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(await terminal.nextLine()).toBeNull();
    await expect(terminal.ask("More?")).rejects.toThrow();
    expect(shown()).toBe("First?\nMore?\n");
  });
});
