import { describe, expect, test } from "vitest";
import type { CharacterId, ConnectionId, InputId } from "../lib/ids.ts";
import type { InputOf } from "../protocol/world-input.ts";
import { chainedMax, parseCommand, parseLine, splitTarget, textOf } from "./parse.ts";
import { commands, commandWords, shortcuts } from "./registry.ts";
import { lastLines, rememberedMax } from "./repeat.ts";
import { usageOf } from "./spec.ts";
import { editDistance, suggestCommand } from "./suggest.ts";

describe("parsing what a player typed", () => {
  test.each([
    ["look north", { kind: "command", name: "look", rest: "north" }],
    ["  LOOK   at   Statue ", { kind: "command", name: "look", rest: "at Statue" }],
    ["n", { kind: "command", name: "north", rest: "" }],
    ["'hello there", { kind: "command", name: "say", rest: "hello there" }],
    ["’hello", { kind: "command", name: "say", rest: "hello" }],
    [":waves", { kind: "command", name: "emote", rest: "waves" }],
    ["? look", { kind: "command", name: "help", rest: "look" }],
    ["msg Ana hi", { kind: "command", name: "tell", rest: "Ana hi" }],
    ["say <b>hi</b>", { kind: "command", name: "say", rest: "‹b›hi‹/b›" }],
    ["say a\u0000b\u001b[31mc\u202e", { kind: "command", name: "say", rest: "ab[31mc" }],
    ["dance wildly", { kind: "unknown", word: "dance" }],
    ["constructor", { kind: "unknown", word: "constructor" }],
    ["__proto__ x", { kind: "unknown", word: "__proto__" }],
    ["", { kind: "empty" }],
    [" \t\n ", { kind: "empty" }],
  ])("%j", (text, parsed) => {
    expect(parseCommand(text)).toEqual(parsed);
  });

  test.each([
    [{ action: "look" }, "look"],
    [{ action: "north", quantity: 3 }, "north 3"],
    [{ action: "move", target: "north" }, "move north"],
    [{ action: "look", target: "marble statue" }, "look marble statue"],
    [{ action: "say", message: "hello there" }, "say hello there"],
    [{ action: "give", target: "coins", quantity: 3, recipient: "Old Tom" }, "give 3 coins to Old Tom"],
    [{ action: "give", target: "knife", recipient: "Ana" }, "give knife to Ana"],
    [{ action: "get", target: "coin", quantity: 3 }, "get coin 3"],
    [{ action: "tell", recipient: "Old Tom", message: "hi" }, 'tell "Old Tom" hi'],
    [{ text: "look", id: "7" }, "look"],
  ])("the structured form %j says %j", (command, text) => {
    expect(textOf(command)).toBe(text);
  });

  test.each([
    ["Ana hello there", { target: "Ana", words: "hello there" }],
    ['"Old Tom" hello', { target: "Old Tom", words: "hello" }],
    ["Ana", { target: "Ana", words: "" }],
    ["", { target: "", words: "" }],
  ])("%j names whom and says what", (rest, split) => {
    expect(splitTarget(rest)).toEqual(split);
  });
});

describe("a line of several commands", () => {
  const names = (text: string) => {
    const line = parseLine(text);
    return line.kind === "refused"
      ? line.why
      : line.commands.map((each) => (each.kind === "command" ? `${each.name}:${each.rest}` : each.kind));
  };

  test.each([
    ["look", ["look:"]],
    ["n; look at statue ;say hi; and bye", ["north:", "look:at statue", "say:hi; and bye"]],
    ["'a; b", ["say:a; b"]],
    ["n;:waves; twice", ["north:", "emote:waves; twice"]],
    ['look "a; b"; n', ['look:"a; b"', "north:"]],
    ['look "a; n', ['look:"a', "north:"]],
    ["; ;; n ;; ;", ["north:"]],
    [";", ["empty"]],
    ["", ["empty"]],
    ["dance; n", ["unknown", "north:"]],
    ["n; enter west", ["north:", "enter:west"]],
    ["enter west; look", "`enter` leads away from here: let it be the last of the line."],
    ["!", "There is nothing to repeat: you have said nothing here yet."],
  ])("%j", (text, parsed) => {
    expect(names(text)).toEqual(parsed);
  });

  test("has a bound, and over it nothing is done", () => {
    expect(names(Array(chainedMax).fill("n").join(";"))).toHaveLength(chainedMax);
    expect(
      names(
        Array(chainedMax + 1)
          .fill("n")
          .join(";"),
      ),
    ).toBe("A line has at most 8 commands.");
    expect(names("look;".repeat(200))).toBe("A line has at most 8 commands.");
  });
});

describe("repeating with !", () => {
  const typed = (text: string, number = 1): InputOf<"command"> => ({
    type: "command",
    id: text as InputId,
    connectionId: "socket" as ConnectionId,
    characterId: `character-${number}` as CharacterId,
    number: 0,
    text,
  });

  test("is the last line of the same character, whatever others said, again and again", () => {
    const lines = lastLines();
    lines.spelledOut(typed("n; look"));
    lines.spelledOut(typed("say no", 2));
    expect([lines.spelledOut(typed(" ! ")), lines.spelledOut(typed("!"))]).toEqual([
      { ...typed(" ! "), text: "n; look" },
      { ...typed("!"), text: "n; look" },
    ]);
    expect(lines.spelledOut(typed("!", 3))).toEqual(typed("!", 3));
  });

  test("is forgotten of whoever said something longest ago, over a bound", () => {
    const lines = lastLines();
    for (let number = 0; number <= rememberedMax; number++) lines.spelledOut(typed("look", number));
    expect([0, 1].map((number) => lines.spelledOut(typed("!", number)).type === "command")).toEqual([true, true]);
    expect([0, 1].map((number) => lines.spelledOut(typed("!", number)))).toMatchObject([
      { text: "!" },
      { text: "look" },
    ]);
  });
});

describe("the table of commands", () => {
  test("no word means two commands", () => {
    const words = commands.flatMap((spec) => [spec.name, ...spec.aliases]);
    expect(new Set(words).size).toBe(words.length);
  });

  test("every command has help and a usage that begins with its name", () => {
    for (const spec of commands) {
      expect(spec.help.length).toBeGreaterThan(10);
      expect(usageOf(spec).startsWith(spec.name)).toBe(true);
    }
  });

  test("free words come last, and what must be there comes before what may be", () => {
    for (const { name, arguments: wanted } of commands) {
      expect(
        wanted.slice(0, -1).some(({ kind }) => kind === "words"),
        name,
      ).toBe(false);
      const firstOptional = wanted.findIndex(({ isOptional }) => isOptional);
      if (firstOptional !== -1)
        expect(
          wanted.slice(firstOptional).every(({ isOptional }) => isOptional),
          name,
        ).toBe(true);
      for (const { kind, choices } of wanted) expect((choices ?? []).length > 0, name).toBe(kind === "choice");
    }
  });

  test("usage says what must be there and what may be", () => {
    const usages = commands.map(usageOf);
    expect(usages).toContain("whisper <who> <words>");
    expect(usages).toContain("world [info|map|pause|resume|speed <factor>|simulate <years>|reset <name of the world>]");
  });

  test("signs that need no space after them are the aliases that are no letters", () => {
    expect(shortcuts).toEqual([
      { sign: "'", command: "say" },
      { sign: ":", command: "emote" },
      { sign: "?", command: "help" },
    ]);
  });
});

describe("suggestions", () => {
  test.each([
    ["lok", "look"],
    ["nroth", "north"],
    ["wisper", "whisper"],
    ["xyzzyplugh", null],
    ["a".repeat(5000), null],
  ])("%j suggests %j", (word, suggestion) => {
    expect(suggestCommand(word)).toBe(suggestion);
  });

  test("each command word is its own nearest", () => {
    for (const word of commandWords.filter((w) => w.length >= 3)) expect(suggestCommand(word)).toBe(word);
  });

  test("a swap of neighbours is one mistake", () => {
    expect([editDistance("who", "woh"), editDistance("say", "say"), editDistance("", "map")]).toEqual([1, 0, 3]);
  });
});
