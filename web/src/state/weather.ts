/** What falls and hangs in the air, as far as a picture shows it. */
export type Weather = {
  readonly falls: "rain" | "snow" | null;
  /** mm of water an hour. */
  readonly fallMmH: number;
  /** Shares of 0 … 1. */
  readonly cloud: number;
  readonly fog: number;
  readonly temperatureC: number | null;
  readonly windMps: number;
  readonly isThunder: boolean;
};

/** From the numbers that come with words about the weather; null where there are none. */
export function readWeather(told: unknown): Weather | null {
  const numbers = (typeof told === "object" && told !== null ? told : {}) as Readonly<Record<string, unknown>>;
  if (typeof numbers["cloud"] !== "number") return null;
  const number = (name: string): number => (typeof numbers[name] === "number" ? numbers[name] : 0);
  const fallMmH = number("precipitation_mm_h");
  const kind = typeof numbers["precipitation"] === "string" ? numbers["precipitation"] : "none";
  return {
    falls: fallMmH <= 0.05 || kind === "none" ? null : /snow|sleet|hail/u.test(kind) ? "snow" : "rain",
    fallMmH,
    cloud: number("cloud"),
    fog: number("fog"),
    temperatureC: typeof numbers["temperature_c"] === "number" ? numbers["temperature_c"] : null,
    windMps: number("wind_mps"),
    isThunder: number("thunder_per_hour") > 1,
  };
}
