import type { Push } from "../../sim/weather/push.ts";
import type { Facts } from "../facts.ts";
import { type Act, type Decision, refuse, type Scene, telling } from "../scene.ts";
import { airGrid } from "../weather/air-grid.ts";
import { airLevelOf, airStepS, hasWeather, inAir, planetOf } from "../weather/air.ts";
import { describeNear, describeOutlook, describeWeather, weatherNear, weatherNumbers } from "../weather/describe.ts";
import type { StepPush } from "../weather/history.ts";
import type { SkyOver } from "../weather/sky-over.ts";
import { mayShape } from "./may-shape.ts";

const wishes = ["rain", "snow", "storm", "clear", "wind", "warm", "cold"] as const;
type Wish = (typeof wishes)[number];

const usage = `Say \`weather\`, \`weather near\` or \`weather forecast\`. The owner of a world may also call for ${wishes.join(", ")}.`;

export function decideWeather(act: Act, facts: Facts): Decision {
  const { actor, scene } = act;
  if (!hasWeather(scene.place.spec)) return refuse(actor, "There is no weather in here.");
  const word = act.rest.toLowerCase().replace(/^(?:to )?/u, "");
  const wish = wishes.find((each) => each === word);
  if (wish !== undefined) return pushWeather(act, facts, wish);
  if (scene.weather === undefined) return refuse(actor, unknown);
  if (word === "" || word === "here") return tellHere(act, scene.weather);
  if (word === "near" || word === "around") return tellNear(act, scene.weather);
  if (word === "forecast" || word === "tomorrow") return tellOutlook(act, facts);
  return refuse(actor, usage);
}

const unknown = "The sky has not made up its mind yet. Look again in a moment.";

/** Whether its answer needs `facts.outlook`, and whether `facts.standing`. */
export const asksForOutlook = (rest: string): boolean => /^(?:forecast|tomorrow)$/iu.test(rest.trim());
export const asksForPush = (rest: string): boolean => wishes.some((wish) => wish === rest.trim().toLowerCase());

function tellHere({ actor }: Act, weather: SkyOver): Decision {
  const seen = weather.observe(actor.position);
  return tell(actor.id, describeWeather(seen), weatherNumbers(seen));
}

function tellNear({ actor, scene }: Act, weather: SkyOver): Decision {
  const here = weather.observe(actor.position);
  const near = weatherNear(scene, weather, actor);
  return tell(actor.id, describeNear(scene, here, near), {
    ...weatherNumbers(here),
    near: near.map(({ direction, observation }) => ({ direction, ...weatherNumbers(observation) })),
  });
}

function tellOutlook({ actor }: Act, { outlook }: Facts): Decision {
  if (outlook === undefined || outlook === null || outlook.length === 0)
    return refuse(actor, "Nobody can tell what the sky will do just now. Ask again in a moment.");
  return tell(actor.id, describeOutlook(outlook), {
    forecast: outlook.map(({ inS, observation }) => ({ in_s: Math.round(inS), ...weatherNumbers(observation) })),
  });
}

function tell(to: Act["actor"]["id"], text: string, metadata: Readonly<Record<string, unknown>>): Decision {
  const message = { type: "weather" as const, text, speech: spoken(text), metadata };
  return { events: [], tell: () => [{ to, tell: { kind: "message", message } }] };
}

const spoken = (text: string): string =>
  text
    .replaceAll(/-(\d+) °C/gu, "minus $1 °C")
    .replaceAll(" °C", " degrees")
    .replaceAll("\n", " ");

/** So many hours of the world it is pushed, with all strength: longer would be a climate. */
const pushHours = 6;
/** Pushes that act at once. */
const pushesAtOnceMax = 8;

function pushWeather({ actor, scene }: Act, facts: Facts, wish: Wish): Decision {
  if (!mayShape(actor, facts)) return refuse(actor, `Only the owner of ${scene.place.name} can call the weather.`);
  const history = scene.state.weather;
  if (history === undefined) return refuse(actor, unknown);
  const stepS = airStepS(scene.place.spec);
  const nowStep = Math.floor(scene.gameMs / 1000 / stepS);
  const acting = history.pushes.filter(({ step }) => step > nowStep - (pushHours * 3600) / stepS);
  const pushes = pushesFor(scene, actor.position, wish).map((push): StepPush => ({ step: nowStep + 2, push }));
  if (acting.length + pushes.length > pushesAtOnceMax)
    return refuse(actor, "The sky has been pushed about enough. Let it settle for some hours.");
  const by = { userId: actor.userId, characterId: actor.id };
  return {
    events: [{ type: "weatherPushed", pushes, by }],
    tell: (after) => [
      telling(
        actor.id,
        "weather",
        `You call for ${nouns[wish]}. The air begins to turn; give it an hour or two of this world's time.`,
      ),
      ...[...after.state.bodies.values()]
        .filter(({ id, linkLostAtMs }) => id !== actor.id && linkLostAtMs === null)
        .map(({ id }) => telling(id, "weather", `${actor.name} calls for ${nouns[wish]}, and the air begins to turn.`)),
    ],
  };
}

const nouns: Readonly<Record<Wish, string>> = {
  rain: "rain",
  snow: "snow",
  storm: "a storm",
  clear: "a clear sky",
  wind: "wind",
  warm: "warmth",
  cold: "cold",
};

const kinds: Readonly<Record<Wish, readonly Push["kind"][]>> = {
  rain: ["rain"],
  snow: ["cold", "rain"],
  storm: ["rain", "wind"],
  clear: ["clear"],
  wind: ["wind"],
  warm: ["warm"],
  cold: ["cold"],
};

/** Over the cell where somebody stands and those around it. A wind goes on the way it goes. */
function pushesFor(scene: Scene, position: Act["actor"]["position"], wish: Wish): Push[] {
  const { spec } = scene.place;
  const planet = planetOf(spec);
  const { cellCount } = airGrid(airLevelOf(spec));
  const radiusM = 2.2 * planet.radiusM * Math.sqrt((4 * Math.PI) / cellCount);
  const bearingRad = ((scene.weather?.observe(position).windFromRad ?? 0) + Math.PI) % (2 * Math.PI);
  return kinds[wish].map((kind) => ({
    kind,
    ...inAir(spec, position),
    radiusM,
    strength: 1,
    hours: pushHours,
    ...(kind === "wind" && { bearingRad }),
  }));
}
