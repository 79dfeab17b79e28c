import { expect, test } from "vitest";
import { commands } from "#core/command/registry.ts";
import { usageOf } from "#core/command/spec.ts";
import { basicCommands, type CommandInfo, completionsMax, completionsOf } from "./commands.ts";

const registry: readonly CommandInfo[] = commands.map((spec) => ({
  name: spec.name,
  aliases: [...spec.aliases],
  usage: usageOf(spec),
  help: spec.help,
  arguments: spec.arguments.map(({ name, kind, isOptional = false, choices }) => ({
    name,
    kind,
    optional: isOptional,
    ...(choices && { choices: choices.map(({ word }) => ({ word })) }),
  })),
}));
const known = { people: ["Bob", "Bobette"], things: ["marble statue", "iron sword"], places: ["Verdance"] };
const offered = (line: string) => completionsOf(line, registry, known).map(({ text }) => text);

test("the first word becomes a command, those first that begin like it, and a space where more is to follow", () => {
  expect(offered("weat")).toEqual(["weather "]);
  expect(offered("lobb")).toEqual(["lobby"]);
  expect(offered("WHO")).toContain("who");
  expect(offered("n").length).toBeLessThanOrEqual(completionsMax);
});

test("an alias leads to its command", () => {
  expect(offered("exam")).toEqual(["look "]);
});

test.each([
  ["look b", ["look Bob ", "look Bobette "]],
  ["look at b", ["look at Bob ", "look at Bobette "]],
  ["look sta", ["look marble statue "]],
  ["whisper bobe", ["whisper Bobette "]],
  ["face nor", ["face north ", "face northeast ", "face northwest "]],
  ["enter ver", ["enter Verdance "]],
  ["weather fore", ["weather forecast "]],
  ["help whis", ["help whisper "]],
])("%j becomes %j", (line, lines) => {
  expect(offered(line)).toEqual(lines);
});

test("nothing is offered for free words, for what is complete, for nothing and for what is no command", () => {
  expect(["say b", "look Bobette", "", "   ", "xyzzy b"].flatMap(offered)).toEqual([]);
});

test("before the server has told its commands there are some", () => {
  expect(completionsOf("nor", basicCommands, known).map(({ text }) => text)).toContain("north");
  const names = new Set(registry.map(({ name }) => name));
  expect(basicCommands.filter(({ name }) => !names.has(name))).toEqual([]);
});
