/** Biome names as the wire spells them. */
export const biomes = [
  "Ocean",
  "Grassland",
  "Desert",
  "Rainforest",
  "Deciduous Forest",
  "Taiga",
  "Tundra",
  "Alpine",
  "Default",
  "Lobby",
  "Void",
  "River",
  "Lake",
  "Wetland",
  "Mountain",
  "Savanna",
] as const;
export type Biome = (typeof biomes)[number];

export type MapEntity = { id: string; type: string; name: string; status?: string; glyph?: string };

/** One square of the mini-map; `x` and `y` are the world coordinates of its middle, in metres. */
export type MapTile = {
  x: number;
  y: number;
  biome: Biome;
  /** Metres above the world's sea level. */
  elevation: number;
  entities?: MapEntity[];
  portal?: { world_name: string; destination: string; active: boolean };
  is_player?: boolean;
  out_of_bounds?: boolean;
  occluded?: boolean;
};

/** Tiles come in rows from low y to high y, x inner. */
export type MapData = {
  tiles: MapTile[];
  player_x: number;
  player_y: number;
  player_z: number;
  render_quality: "low" | "medium" | "high";
  /** Tiles along one side; odd, so that the player stands in the middle. */
  grid_size: number;
  /** Metres between the middles of two neighbouring tiles. */
  scale: number;
  world_id: string;
  is_simulated: boolean;
  /** The same in words: nothing is told by the drawing alone. */
  speech?: string;
  /** Of what the player is in or near, where it has a name. */
  place_names?: { sea?: string; range?: string; river?: string };
};
