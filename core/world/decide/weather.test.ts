import { describe, expect, test } from "vitest";
import type { InputId } from "../../lib/ids.ts";
import type { Observation } from "../../sim/weather/observation.ts";
import { readyMadeWorlds } from "../seeds.ts";
import type { WorldSpec } from "../spec.ts";
import type { Terrain } from "../terrain.ts";
import { airStepS } from "../weather/air.ts";
import { userId } from "#tests/support/records.ts";
import { happened, heard, metadataOf, stage } from "#tests/support/stage.ts";
import { mildDay, skyOf } from "#tests/support/weather.ts";

const level = {
  groundAt: () => ({ elevationM: 0, biome: "Grassland", isWater: false, waterDepthM: 0 }),
  slopeAt: () => ({ grade: 0, downhillRad: 0 }),
} as Terrain;
const spec: WorldSpec = { ...readyMadeWorlds[2]!.spec, stepM: 1 };
const { position } = spec.spawn;
const beside = (metres: number) => ({ position: { ...position, x: position.x + metres } });
const owner = { standing: { ownerId: userId(1), isSandbox: false } };
const stranger = { standing: { ownerId: userId(2), isSandbox: false } };

function setup(changes: Partial<Observation> | null = {}) {
  const s = stage({ spec, terrain: level });
  s.enter(1, { position });
  if (changes !== null) s.under(skyOf(changes));
  return s;
}

/** The owner of the process has begun the weather. */
function begun(s: ReturnType<typeof stage>, originStep = 0) {
  s.play({ input: { type: "beginWeather", id: `begin-${originStep}` as InputId, originStep }, facts: {} });
  return s;
}

describe("weather", () => {
  test("here: words, speech without signs, and the numbers behind them", () => {
    const turn = setup({ temperatureC: -4 }).say(1, "weather");
    const [text] = heard(turn, 1);
    expect(text).toContain("weather: It is freezing, -4 °C.");
    expect(metadataOf(turn, 1, "weather")).toMatchObject({ temperature_c: -4, wind_from_deg: 180 });
    const { tell } = turn.tellings[0]!;
    expect(tell.kind === "message" && tell.message.speech).toContain("minus 4 degrees");
    expect(happened(turn)).toEqual([]);
  });

  test("near: directions under one sky together", () => {
    const turn = setup().say(1, "weather near");
    expect(heard(turn, 1)[0]).toContain(
      "To the north, northeast, east, southeast, south, southwest, west and northwest:",
    );
  });

  test("forecast: what somebody found out before the turn, or that nobody could", () => {
    const s = setup();
    expect(heard(s.say(1, "weather forecast", { outlook: null }), 1)[0]).toContain("error: Nobody can tell");
    const told = s.say(1, "weather forecast", { outlook: [{ inS: 10_800, observation: mildDay }] });
    expect(heard(told, 1)[0]).toContain("In 3 hours: a few clouds stand in the sky, 12 °C.");
    expect(metadataOf(told, 1, "weather")).toMatchObject({ forecast: [{ in_s: 10_800, cloud: 0.2 }] });
  });

  test("while nobody knows the sky, and for words it does not know, it says so", () => {
    expect(heard(setup(null).say(1, "weather"), 1)).toEqual([
      "error: The sky has not made up its mind yet. Look again in a moment.",
    ]);
    expect(heard(setup().say(1, "weather frogs"), 1)[0]).toContain("error: Say `weather`");
  });
});

describe("calling the weather", () => {
  test("its owner may, and everyone is told once; the log has it with the step that it begins with", () => {
    const s = begun(setup());
    s.enter(2, { position });
    const turn = s.say(1, "weather snow", owner);
    expect(happened(turn)).toEqual(["weatherPushed"]);
    expect(heard(turn, 1)[0]).toContain("You call for snow.");
    expect(heard(turn, 2)).toEqual(["weather: Ana 1 calls for snow, and the air begins to turn."]);
    const nowStep = Math.floor(s.scene().gameMs / 1000 / airStepS(spec));
    expect(s.world.state.weather).toMatchObject({
      pushCount: 2,
      pushes: [
        { step: nowStep + 2, push: { kind: "cold" } },
        { step: nowStep + 2, push: { kind: "rain", strength: 1, hours: 6 } },
      ],
    });
  });

  test("nobody else may, but in a sandbox everyone", () => {
    const s = begun(setup());
    expect(heard(s.say(1, "weather rain", stranger), 1)).toEqual([
      "error: Only the owner of Hall can call the weather.",
    ]);
    expect(happened(s.say(1, "weather rain", { standing: { ownerId: null, isSandbox: true } }))).toHaveLength(1);
  });

  test("the sky takes so many pushes at once and no more, until they have passed", () => {
    const s = begun(setup());
    for (let i = 0; i < 8; i++) expect(happened(s.say(1, "weather clear", owner))).toHaveLength(1);
    expect(heard(s.say(1, "weather clear", owner), 1)[0]).toContain("error: The sky has been pushed about enough.");
    s.wait(7 * 3_600_000);
    expect(happened(s.say(1, "weather clear", owner))).toContain("weatherPushed");
  });

  test("before there is any weather there is nothing to push, and what begins anew has none of the old pushes", () => {
    const s = setup();
    expect(heard(s.say(1, "weather rain", owner), 1)[0]).toContain("error: The sky has not made up its mind");
    begun(s);
    s.say(1, "weather rain", owner);
    begun(s, 5000);
    expect(s.world.state.weather).toEqual({ originStep: 5000, pushCount: 0, pushes: [] });
  });
});

describe("what weather does", () => {
  const spent = (changes: Partial<Observation>): number => {
    const s = setup(changes);
    const before = s.body(1)!.stamina.value;
    s.say(1, "north");
    return Math.round((before - s.body(1)!.stamina.value) * 100) / 100;
  };

  test("deep snow, a gale and heat cost stamina, a mild day does not", () => {
    expect(spent({})).toBe(1);
    expect(spent({ snowDepthM: 0.4 })).toBe(1.5);
    expect(spent({ snowDepthM: 3, windMps: 20, temperatureC: -30 })).toBe(2.5);
    expect(spent({ temperatureC: 35 })).toBe(1.25);
  });

  test("fog hides who is seen on a clear day", () => {
    const sees = (changes: Partial<Observation>): boolean => {
      const s = setup(changes);
      s.enter(2, beside(40));
      return heard(s.say(1, "look"), 1)[0]!.includes("Ana 2 is here.");
    };
    expect([sees({}), sees({ visibilityM: 100, fog: 0.9, cloud: 1 })]).toEqual([true, false]);
  });

  test("wind and rain drown what is said, and nothing drowns a whisper", () => {
    const hears = (words: string, metres: number, changes: Partial<Observation>): boolean => {
      const s = setup(changes);
      s.enter(2, beside(metres));
      return heard(s.say(1, words), 2).length > 0;
    };
    const storm = { windMps: 25, precipitation: "rain", precipitationMmPerHour: 10 } as const;
    expect([hears("say hello", 15, {}), hears("say hello", 15, storm), hears("say hello", 8, storm)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(hears('whisper "Ana 2" hello', 4, storm)).toBe(true);
  });

  test("who looks around is told of the air, and of grass only where no snow lies", () => {
    const look = (changes: Partial<Observation>) => heard(setup(changes).say(1, "look"), 1)[0]!;
    expect(look({})).toContain("around your knees");
    expect(look({})).toContain("It is cool; a few clouds stand in the sky, and a light breeze comes from the south.");
    const winter = look({ snowDepthM: 0.5, temperatureC: -3, visibilityM: 900 });
    expect(winter).not.toContain("Grass moves");
    expect(winter).toContain("Snow covers the grassland all around you.");
    expect(winter).toContain("The snow lies knee-deep. You see no farther than about 900 metres.");
  });

  test("under a closed sky nobody sees sun, moon or stars at any hour", () => {
    const s = setup({ cloud: 1 });
    for (let hour = 0; hour < 24; hour++) {
      const sky = heard(s.say(1, "look sky"), 1)[0]!;
      expect(sky).not.toMatch(/stars are out|stands|moonlight|glows/u);
      expect(sky).toContain("cloud");
      s.wait(3_600_000);
    }
    s.under(skyOf({}));
    expect(heard(s.say(1, "look sky"), 1)[0]).not.toContain("cloud");
  });
});
