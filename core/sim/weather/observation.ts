// What somebody in one place can see, feel and measure of the weather.

export const precipitationKinds = ["none", "drizzle", "rain", "showers", "sleet", "snow", "hail"] as const;
export type PrecipitationKind = (typeof precipitationKinds)[number];

export type Observation = {
  readonly temperatureC: number;
  readonly dewPointC: number;
  /** 0 … 1. */
  readonly relativeHumidity: number;
  /** At 10 m. */
  readonly windMps: number;
  /** Where it comes from, from north over east, 0 … 2π. */
  readonly windFromRad: number;
  readonly gustMps: number;
  /** Here, not at the sea. */
  readonly pressureHpa: number;
  /** Share of the sky, 0 … 1. */
  readonly cloud: number;
  readonly precipitation: PrecipitationKind;
  /** Water, mm an hour, however it falls. */
  readonly precipitationMmPerHour: number;
  /** 0 … 1. */
  readonly fog: number;
  /** Strokes of lightning an hour near enough to be heard (10 km). */
  readonly thunderPerHour: number;
  readonly snowDepthM: number;
  /** 0 dry … 1 full. */
  readonly soilMoisture: number;
  readonly seaIceM: number;
  /** How far one sees. */
  readonly visibilityM: number;
  readonly sunAltitudeRad: number;
  /** The nearest tropical cyclone, if one is near enough to be known of. */
  readonly cyclone: CycloneSeen | null;
  readonly extremes: ExtremesSeen;
};

export const droughtKinds = ["none", "moderate", "severe", "extreme"] as const;
export type DroughtKind = (typeof droughtKinds)[number];

export type ExtremesSeen = {
  /** A blizzard's wind and sight, here and for three hours around. */
  readonly isBlizzard: boolean;
  /** Of the heat wave that there is: whole days that were far hotter than usual, in a row; 0 where there is none. */
  readonly heatWaveDays: number;
  readonly drought: DroughtKind;
  /** Rain and snow of the last quarter of the year beside the season's, in standard deviations. */
  readonly precipitationIndex: number;
};

export const noExtremes: ExtremesSeen = { isBlizzard: false, heatWaveDays: 0, drought: "none", precipitationIndex: 0 };

export type CycloneSeen = {
  /** The same for as long as it lives. */
  readonly id: number;
  /** Sustained, near its middle. */
  readonly maxMps: number;
  readonly distanceM: number;
  /** Where its middle is from here, from north over east, 0 … 2π. */
  readonly bearingRad: number;
  /** By which it comes nearer; negative where it goes away. */
  readonly closingMps: number;
  /** Its distance over the farthest that anything of it is felt at. */
  readonly reaches: number;
  readonly isEye: boolean;
};
