import { describe, expect, test } from "vitest";
import { parseCommand, splitTarget, textOf } from "./parse.ts";
import { commands, commandWords } from "./registry.ts";
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

describe("the table of commands", () => {
  test("no word means two commands", () => {
    const words = commands.flatMap((spec) => [spec.name, ...spec.aliases]);
    expect(new Set(words).size).toBe(words.length);
  });

  test("every command has help and a usage that begins with its name", () => {
    for (const spec of commands) {
      expect(spec.help.length).toBeGreaterThan(10);
      expect(spec.usage.startsWith(spec.name)).toBe(true);
    }
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
