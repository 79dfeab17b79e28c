import { describe, expect, test } from "vitest";
import { accepted, proseCharsMax, proseCharsMin } from "./accept.ts";
import { unfounded } from "./claims.ts";

const scenery = {
  ground: "Pale, flattened grass lies around you.",
  mood: "Morning is already on its way.",
  sky: "It is dusk in winter; the west glows, but the sun is not up. The moon, waxing, stands low in the southeast.",
  air: "It is cold; a few clouds drift by, and a light breeze blows. Light snow falls.",
};
const good = "Dusk settles over the pale grass. Snow drifts down out of thin cloud, and a last glow lies in the west.";

test("prose that says what the facts say is told, on one line and without quotation marks around it", () => {
  expect(accepted(good, scenery)).toBe(good);
  expect(accepted(`  "${good.replace(". ", ".\n\n")}" `, scenery)).toBe(good);
});

describe("what the facts do not say is not told:", () => {
  test.each([
    ["a direction", "The grass lies pale and flat, and a cold wind comes down from the north."],
    ["another direction of the same kind", "The grass lies pale and flat before the eastern hills, cold and still."],
    ["another hour", "The night lies over the pale, flattened grass, and all of it is cold."],
    ["another season", "The pale grass remembers summer, and lies flat in the cold around you."],
    ["what falls", "Cold rain runs down the pale, flattened grass that lies around you."],
    ["water", "The pale grass runs down to a river that murmurs in the cold."],
    ["a building", "The pale grass lies flat around an old tower that stands in the cold."],
    ["people", "The pale grass lies flat, and a hooded figure watches you from the cold."],
    ["animals", "The pale grass lies flat in the cold, and a raven calls somewhere."],
    ["a number", "The pale grass lies flat in the cold of minus 12 degrees around you."],
    ["what only the mood speaks of", "Morning comes over the pale, flattened grass, slow and very cold."],
  ])("%s", (_what, text) => {
    expect(accepted(text, scenery)).toBeNull();
  });
});

describe("what is no prose is not told:", () => {
  test.each([
    ["nothing", ""],
    ["too little", "x".repeat(proseCharsMin - 2) + "."],
    ["too much", `A${"h".repeat(proseCharsMax)}.`],
    ["a sentence cut off", good.slice(0, -1)],
    ["markup", `<b onclick=steal()>${good}</b>.`],
    ["a script", `<script>steal()</script> ${good}`],
    ["a heading", `# The place. ${good}`],
    ["a list", `* ${good}`],
    ["an address", `${good} See https://example.org.`],
    ["code", `${good} \`quit\`.`],
    ["JSON", `{"text": "${good}"}`],
  ])("%s", (_what, text) => {
    expect(accepted(text, scenery)).toBeNull();
  });
});

test("control characters and overrides of direction are not in what is told", () => {
  expect(accepted(good.replace("Snow", "\u202eSn\u0007ow\u200b"), scenery)).toBe(good);
});

test.each([
  ["At least the feast of colours lasts, and the beast of a wind sleeps.", ["beast"]],
  ["The northwest wind turns westerly.", ["northwest", "westerly"]],
  ["12 stars and 3 moons.", ["moons", "stars", "12", "3"]],
  ["A starving, sundry, mistaken, raining thought.", ["raining"]],
])("words are taken whole: %s", (text, found) => {
  expect(unfounded(text, "").toSorted()).toEqual(found.toSorted());
});

test("a word of a group stands for the others of it", () => {
  expect(unfounded("A mist lies there, and twilight.", "There is fog. It is dusk.")).toEqual([]);
  expect(unfounded("It is 12 degrees.", "It is 13 degrees.")).toEqual(["12"]);
});
