import { expect, test } from "vitest";
import { commandWords } from "#core/command/registry.ts";
import { spokenText } from "#core/lib/spoken.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { Telling } from "#core/world/scene.ts";
import { stage, watcher } from "#tests/support/stage.ts";

const words = ["", "north", "north 3", "statue", "me", "Ana 2", '"Ana 2" hello there', "next", "up", "knife", "all"];
/** Signs that a screen reader passes over, or says one by one. */
const unspeakable = /[`<>‹›°%→•|_*#]/u;

/** All that anybody is told while people try every command there is. */
function everythingTold(index: number): Telling[] {
  const s = stage({ spec: readyMadeWorlds[index]!.spec });
  const begun = [1, 2].map((number) => s.enter(number, { lastPlayedAtMs: null }));
  begun.push(s.enter(3, watcher));
  const turns = commandWords.flatMap((command) =>
    words.map((rest, at) => {
      s.wait(3000);
      return s.say(1 + (at % 3), `${command} ${rest}`, { worlds: [], online: [] });
    }),
  );
  return [...begun, ...turns].flatMap(({ tellings }) => tellings);
}

test.each([0, 1])("whatever is told in ready-made world %i has words, and words that can be said", (index) => {
  const told = everythingTold(index);
  expect(new Set(told.map(({ tell }) => tell.kind))).toEqual(new Set(["message", "state", "map"]));
  for (const { tell } of told) {
    if (tell.kind === "message") {
      const said = tell.message.speech ?? spokenText(tell.message.text);
      expect(said, tell.message.text).not.toBe("");
      expect(said).not.toMatch(unspeakable);
    }
    if (tell.kind === "map") {
      const { speech = "", tiles } = tell.map;
      expect(speech).not.toMatch(unspeakable);
      // What is drawn as a sign has its name in the words, or is counted among them.
      const names = tiles.flatMap(({ entities = [] }) => entities.map(({ name }) => name));
      if (!/\d+ more/u.test(speech)) for (const name of names) expect(speech).toContain(name);
      expect(tiles.some(({ portal }) => portal) && !/\d+ more/u.test(speech) ? speech : "portal").toContain("portal");
    }
  }
});
