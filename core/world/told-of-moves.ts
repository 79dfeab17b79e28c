import type { Body } from "./model.ts";
import { inSight, witnesses } from "./perception.ts";
import { type Scene, type Telling, telling } from "./scene.ts";
import { type CompassDirection, opposite, type Position } from "./space.ts";
import { whereabouts } from "./whereabouts.ts";
import { biomeWords } from "./words.ts";

export type Seen = {
  /** To those who see somebody go, come into view or go out of sight. Nobody hears of it twice. */
  readonly ofOthers: readonly Telling[];
  /** To the one who goes: who comes into his view, and who is no longer in it. */
  readonly ofMover: readonly Telling[];
};

type Going = {
  readonly direction: CompassDirection;
  /** "walks"; null where those who saw him before and still do need not hear it again. */
  readonly words: string | null;
};

/** What a move lets people see. Asked before it, for who saw whom, and answered after it. */
export function sightingsOf(scene: Scene, actor: Body): (after: Scene, there: Body, going: Going) => Seen {
  const seenBy = new Set(witnesses(scene, actor).map(({ id }) => id));
  const saw = new Map(inSight(scene, actor).map((body) => [body.id, body]));
  return (after, there, { direction, words }) => {
    const who = { character_id: actor.id, name: actor.name, direction };
    const now = witnesses(after, there);
    const seenNow = new Set(now.map(({ id }) => id));
    const ofOthers = now.flatMap(({ id }) => {
      if (!seenBy.has(id))
        return [telling(id, "arrival", `${actor.name} comes into view from the ${opposite(direction)}.`, who)];
      return words === null ? [] : [telling(id, "movement", `${actor.name} ${words} ${direction}.`, who)];
    });
    const lost = [...seenBy]
      .filter((id) => !seenNow.has(id) && after.state.bodies.has(id))
      .map((id) => telling(id, "departure", `${actor.name} goes out of sight to the ${direction}.`, who));
    return { ofOthers: [...ofOthers, ...lost], ofMover: newsOfOthers(after, there, saw) };
  };
}

const namedMax = 5;

function newsOfOthers(after: Scene, there: Body, saw: ReadonlyMap<Body["id"], Body>): Telling[] {
  const sees = inSight(after, there);
  const ids = new Set(sees.map(({ id }) => id));
  const came = sees.filter(({ id }) => !saw.has(id));
  const went = [...saw.values()].filter(({ id }) => !ids.has(id) && after.state.bodies.has(id));
  return [
    ...came
      .slice(0, namedMax)
      .map((other) =>
        telling(
          there.id,
          "arrival",
          `You see ${other.name}, ${whereabouts(after, there, other.position)}.`,
          about(other),
        ),
      ),
    ...more(there, came, "come into view", "arrival"),
    ...went
      .slice(0, namedMax)
      .map((other) => telling(there.id, "departure", `You lose sight of ${other.name}.`, about(other))),
    ...more(there, went, "are out of sight now", "departure"),
  ];
}

function more({ id }: Body, all: readonly Body[], what: string, type: "arrival" | "departure"): Telling[] {
  return all.length > namedMax ? [telling(id, type, `${all.length - namedMax} more ${what}.`)] : [];
}

const about = ({ id, name }: Body) => ({ character_id: id, name });

/** ", from grassland into desert" */
export function groundChange({ place }: Scene, { position, isFlying }: Body, to: Position): string {
  const before = place.terrain.groundAt(position.x, position.y).biome;
  const after = place.terrain.groundAt(to.x, to.y).biome;
  if (before === after) return "";
  return `, from ${biomeWords[before].name} ${isFlying ? "over" : "into"} ${biomeWords[after].name}`;
}
