import { describe, expect, test } from "vitest";
import { hallSpec, stage } from "#tests/support/stage.ts";
import { bare, bodyNamed, compassIn, featureNamed, portalNamed } from "./find.ts";
import { worldId } from "#tests/support/records.ts";

const named = (name: string, number: number) => {
  const s = stage();
  s.enter(number, { name });
  return s.body(number)!;
};

describe("words", () => {
  test.each([
    ["The Marble Statue", "marble statue"],
    ['"Old Tom"', "old tom"],
    ["an Elf", "elf"],
    ["theodore", "theodore"],
    ["", ""],
  ])("%j are meant as %j", (words, meant) => expect(bare(words)).toBe(meant));

  test.each([
    ["N", "north"],
    ["sOuthWest", "southwest"],
    ["__proto__", null],
    ["toString", null],
    ["nort", null],
  ])("%j is the direction %j", (word, direction) => expect(compassIn(word)).toBe(direction));
});

describe("a name", () => {
  const people = ["Tomas", "Old Tom", "Tom", "Ísold"].map(named);

  test.each([
    ["tom", "Tom"],
    ["TOMA", "Tomas"],
    ["old", "Old Tom"],
    ['"old tom"', "Old Tom"],
    ["ÍSOLD", "Ísold"],
    ["to", "Tomas"],
    ["om", null],
    ["", null],
    ["the", null],
  ])("%j finds %j", (words, name) => expect(bodyNamed(people, words)?.name ?? null).toBe(name));

  test("is looked for as a word where it begins no name", () => {
    expect(featureNamed(hallSpec.features, "the statue")?.id).toBe("statue");
    expect(bodyNamed([named("Old Tom", 1)], "tom")?.name).toBe("Old Tom");
  });
});

describe("a portal", () => {
  test.each([
    ["west", "portal-west"],
    ["w", "portal-west"],
    ["the North Portal", "portal-north"],
    ["portal", "portal-south"],
    ["statue", null],
    ["up", null],
  ])("%j is %j", (words, id) => {
    expect(portalNamed(hallSpec, { position: { x: 5, y: 1, z: 0 } }, words)?.id ?? null).toBe(id);
  });
});

test("the structured form may name someone of several words", () => {
  const s = stage({ place: { id: worldId(1) } });
  s.enter(1);
  s.enter(2, { name: "Old Tom" });
  expect(s.say(1, 'look "Old Tom"').tellings[0]).toMatchObject({ tell: { message: { type: "info" } } });
});
