import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { specificationSketch } from "../../protocol/world-specification.ts";
import { topics } from "../topics.ts";
import { fold, isNegated } from "./fold.ts";
import { numberFrom, quantitiesOf, sharesOf } from "./quantities.ts";
import { type Answers, readAnswers } from "./read-answers.ts";

test.each([
  ["Menschen und Fischmenschen", ["Human", "Fischmenschen"]],
  ["Humans, and talking parrots who are the real captains", ["Human", "Parrots"]],
  ["enanos y loros parlantes", ["Dwarf", "Loros"]],
  ["talking to people is rude among elves", ["Elf"]],
])("%j are peoples", (peoples, names) => {
  expect(readAnswers({ peoples }).peoples?.map(({ name }) => name)).toEqual(names);
});

test.each(["almost only water", "fast nur Wasser, 90 %", "casi todo agua"])("%j leaves some land", (environment) => {
  const { land_share = 0 } = readAnswers({ environment }).planet ?? {};
  expect(land_share).toBeGreaterThan(0.05);
  expect(land_share).toBeLessThan(0.25);
});

describe("fights between players", () => {
  test.each([
    "Two clans feud. Open PvP!",
    "Players may attack each other",
    "Spieler dürfen einander angreifen",
    "Kämpfe sind ohne Zustimmung",
    "Los jugadores pueden atacarse",
    "No PvP. Or no: fights are free",
  ])("%j lets players attack whom they like", (conflict) => {
    expect(readAnswers({ conflict }).fights).toBe("free");
  });

  test.each(["No PvP", "fights are free. And yet: no open pvp", "Kein PvP", "Los combates son solo con acuerdo"])(
    "%j lets them fight only with who agrees",
    (conflict) => {
      expect(readAnswers({ conflict }).fights).toBe("agreed");
    },
  );

  test.each([
    "A lawless frontier, where bandits rob and kill each other",
    "The free fights of the arena open the year",
    "Everyone may attack anyone in this war of all against all",
    "Gesetzlose Banden kämpfen um das Wasser",
  ])("%j is a theme, and says nothing of them", (conflict) => {
    const { fights, conflicts } = readAnswers({ conflict });
    expect([fights, conflicts?.length]).toEqual([undefined, 1]);
  });

  test("are no quarrel of the peoples", () => {
    expect(readAnswers({ conflict: "Two clans feud. Players may attack each other." }).conflicts).toEqual([
      "Two clans feud",
    ]);
    expect(readAnswers({ conflict: "Open PvP" }).conflicts).toBeUndefined();
  });
});

describe("numbers as people write them", () => {
  test.each([
    ["30", 30],
    ["1,5", 1.5],
    ["1.5", 1.5],
    ["6,371", 6371],
    ["6.371", 6371],
    ["12.345,6", 12_345.6],
    ["0.875", 0.875],
    ["zwolf", 12],
    ["tres", 3],
    ["4 billion", 4e9],
    ["4,5 milliarden", 4.5e9],
    ["3,5 mil millones", 3.5e9],
    ["minus 10", -10],
    ["two and a half", 2.5],
  ])("%s", (text, value) => {
    expect(numberFrom(text)).toBeCloseTo(value, 9);
  });

  test.each(["", "none of them", "abc", "."])("%j is no number, or none that is read", (text) => {
    expect(numberFrom(text)).toBeNaN();
  });

  test("have their units behind them, with or without a dash", () => {
    const values = (text: string) => quantitiesOf(text, "hours?|h").map(({ value }) => value);
    expect(values("a 26-hour day, 3 h of dusk, 7 days")).toEqual([26, 3]);
  });

  test.each([
    ["80 % water", 0.8],
    ["12,5 prozent", 0.125],
    ["two thirds", 2 / 3],
    ["three quarters", 0.75],
    ["la mitad", 0.5],
    ["zwei drittel", 2 / 3],
  ])("are shares: %s", (text, share) => {
    expect(sharesOf(text)[0]?.value).toBeCloseTo(share, 9);
  });
});

test.each([
  ["it is not cold", "cold", true],
  ["es ist nie kalt", "kalt", true],
  ["no es frio", "frio", true],
  ["no magic and cold", "cold", false],
  ["not warm, cold", "cold", false],
  ["not only cold", "cold", false],
])("%s: whether %s is denied", (text, word, isDenied) => {
  expect(isNegated(text, text.indexOf(word))).toBe(isDenied);
});

test("folding takes case, accents and odd signs away", () => {
  expect(fold("  Größe – “ÑANDÚ”\n  straße ")).toBe('grosse - "nandu" strasse');
});

describe("what answers say of the planet", () => {
  const planet = (environment: string) => readAnswers({ environment }).planet ?? {};

  test.each<[string, object]>([
    ["a day of 30 hours and a year of 400 days", { day_hours: 30, year_days: 400 }],
    ["30-hour days", { day_hours: 30 }],
    ["der Tag dauert 26,5 Stunden", { day_hours: 26.5 }],
    ["it rains ten days a year", {}],
    ["80% of it is water", { land_share: 0.2 }],
    ["20 % land", { land_share: 0.2 }],
    ["water covers 70 percent", { land_share: 0.3 }],
    ["Islands everywhere, 60 % water", { land_share: 0.4 }],
    ["half as big as the Earth", { radius_km: 3185.5 }],
    ["diameter of 10,000 miles", { radius_km: 8046.72 }],
    ["so groß wie der Mond", { radius_km: 1737 }],
    ["gravity is 1.4 g", { gravity_g: 1.4 }],
    ["low gravity", { gravity_g: 0.5 }],
    ["no seasons", { axial_tilt_degrees: 0 }],
    ["the sea has fallen by 100 m", { sea_level_m: -100 }],
    ["volcanoes everywhere", { tectonic_activity: 1.8 }],
    ["no volcanoes", { tectonic_activity: 0.1 }],
    ["10 degrees colder than Earth", { temperature_offset_c: -10 }],
    ["on average 50 °F", { temperature_offset_c: -5 }],
    ["a tiny world with huge mountains", { radius_km: 300 }],
    ["tilted by 200 degrees", { axial_tilt_degrees: 90 }],
    ["two moons", { moons: [{}, {}] }],
    ["zwei Monde, nein, drei Monde", { moons: [{}, {}, {}] }],
    ["many moons ago there was a king", {}],
    ["moonless nights", { moons: [] }],
    ["two moons, one of them is red", { moons: [{}, {}] }],
    ["Moons called Ana and Bel, two moons", { moons: [{ name: "Ana" }, { name: "Bel" }] }],
    ["a hot south and a frozen north", {}],
    ["cold soup", {}],
    ["99 moons", { moons: Array.from({ length: 8 }, () => ({})) }],
  ])("%s", (environment, expected) => {
    expect(planet(environment)).toEqual(expected);
  });

  test("the moons have the names they are given, where they are asked for", () => {
    expect(readAnswers({ moons: "Zwei Monde, Phobos und Deimos" }).planet?.moons).toEqual([
      { name: "Phobos" },
      { name: "Deimos" },
    ]);
    expect(readAnswers({ moons: "Drei Monde, Phobos und Deimos" }).planet?.moons).toEqual([{}, {}, {}]);
    expect(readAnswers({ moons: "two, called Ur and Vey" }).planet?.moons).toEqual([{ name: "Ur" }, { name: "Vey" }]);
  });

  test("cold and wet are told from slightly and very so", () => {
    const temperature = (words: string) => planet(words).temperature_offset_c ?? 0;
    expect(temperature("slightly cold")).toBeGreaterThan(temperature("cold"));
    expect(temperature("extremely cold")).toBeLessThan(temperature("cold"));
  });

  test("an adjective of a people is none of the planet", () => {
    expect(readAnswers({ peoples: "cold, wet goblins from icy caves" }).planet).toBeUndefined();
  });
});

describe("what answers say of peoples", () => {
  const peoples = (said: string) => readAnswers({ peoples: said }).peoples;

  test("each has what is said of it, and nothing of another", () => {
    expect(peoples("Elves, tall and fast. Dwarves are miners and worship the deep fire; no humans.")).toMatchObject([
      { name: "Elf", looks: "Elves, tall and fast" },
      { name: "Dwarf", occupations: ["miner"], faiths: ["the deep fire"] },
    ]);
    expect(peoples("Elves, tall and fast. Dwarves are miners.")?.[0]).not.toHaveProperty("occupations");
  });

  test("a people that nobody knows is told apart from its neighbours too", () => {
    expect(peoples("seal people who carve bone, and exiled humans")).toMatchObject([
      { name: "Seal people", looks: "seal people who carve bone" },
      { name: "Human" },
    ]);
  });

  test("looks move the template", () => {
    const [people] = peoples("Strong elves") ?? [];
    expect(people?.attributes).toMatchObject({ Might: 55, Sight: 70 });
  });

  test("nobody lives where nobody is said to", () => {
    expect(peoples("no people at all, only animals")).toEqual([]);
    expect(peoples("I like soup")).toBeUndefined();
  });
});

describe("whatever is said", () => {
  const hostile = [
    "x".repeat(20_000),
    "<script>alert(1)</script>",
    "no ".repeat(3_000),
    "moon ".repeat(3_000),
    "1 ".repeat(3_000),
    "a".repeat(3_000) + " moons",
    "called ".repeat(1_000) + "A",
    "(((((((((",
    "\u0000\u202e\ud800",
    "9".repeat(400) + " moons, " + "9".repeat(400) + " hours a day",
    "-5 moons, -80 % water, a day of -3 hours",
  ];

  test.each(hostile.map((text) => [text.slice(0, 30), text] as const))("%j gives a sketch, in good time", (_, text) => {
    const answers: Answers = {
      concept: text,
      peoples: text,
      environment: text,
      magic: text,
      conflict: text,
      age: text,
      moons: text,
      simulation: text,
      factions: text,
    };
    const startedMs = performance.now();
    const sketch = readAnswers(answers);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(specificationSketch.safeParse(sketch).success).toBe(true);
    expect(JSON.stringify(sketch)).not.toMatch(/[<>]/u);
  });

  test("any mixture of words gives a sketch", () => {
    const vocabulary =
      `a no two zwei tres moons Monde lunas cold kalt frío planet planeta Welt 30 1.5 -7 80 % hours Stunden horas day Tag día year Jahr año
      of de von the die los and und y elves Zwerge gente pájaro folk people called Velari water Wasser agua land tilt degrees Grad magic Magie magia
      old billion years like in inspired by Dune The King ( ) , . ; : - " ' worship value taboo never must the km radius times size Earth`.split(
        /\s+/u,
      );
    const text = fc.array(fc.constantFrom(...vocabulary), { maxLength: 30 }).map((found) => found.join(" "));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...topics), text), (answers) => {
        expect(specificationSketch.safeParse(readAnswers(answers)).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test("nothing said is nothing in the sketch", () => {
    expect(readAnswers({})).toEqual({});
  });
});
