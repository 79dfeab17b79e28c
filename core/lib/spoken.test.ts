import { expect, test } from "vitest";
import { spokenText } from "./spoken.ts";

test.each([
  ["You walk north.", "You walk north."],
  ["Hall\nA quiet room. Ana is here.", "Hall. A quiet room. Ana is here."],
  ["Movement: north, south\n\nSpeech: say", "Movement: north, south. Speech: say"],
  ["Say `enter west` to step through.", 'Say "enter west" to step through.'],
  ["It is −3 °C, 80 % cloud, 12 m/s.", "It is minus 3 degrees, 80 percent cloud, 12 metres a second."],
  ["a well-known 10-12 metres", "a well-known 10-12 metres"],
  ["‹b›", "less than b greater than"],
  ["", ""],
])("%j is said as %j", (text, said) => {
  expect(spokenText(text)).toBe(said);
});
