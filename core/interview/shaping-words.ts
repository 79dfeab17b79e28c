/** What goes on in each stage of making a planet (core/sim/planet/generate.ts), as its player is told. In their order. */
const words: Readonly<Record<string, string>> = {
  grids: "Dust gathers, and becomes a ball of stone.",
  history: "Plates of rock drift, part and collide. There are continents now.",
  relief: "Mountains rise where they met.",
  erosion: "Rain falls for longer than anybody could count, and carves the valleys.",
  weather: "Storms cross it for the first time, and years go by.",
  climate: "The seas are settling, and the winds find their ways.",
  water: "Rivers have found the sea, and the lakes are full.",
  life: "Something green spreads over the land.",
  ores: "Ores cool in the deep. It is nearly done.",
};

export const shapingWords = (stage: string): string => words[stage] ?? "It is taking shape.";
