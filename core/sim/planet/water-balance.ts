import type { Normals } from "./normals.ts";

// What of a year's rain runs off, and what open water would lose. Turc 1954: E = P / √(0.9 + P²/L²), L = 300 + 25 T + 0.05 T³ mm a year,
// with the year's mean T in °C; L stands for the evaporation of open water too. Metres of a year of Earth's length. Cost: 30 ns a cell.

export type WaterBalance = {
  readonly rain_c: Float64Array;
  readonly temperatureC_c: Float64Array;
  /** Rain less what land gives back. */
  readonly runoff_c: Float64Array;
  /** Evaporation of open water less the rain on it; negative where lakes gain. */
  readonly waterLoss_c: Float64Array;
};

const daysPerYear = 365.25;

export function waterBalance(normals: Normals): WaterBalance {
  const { cellCount } = normals.grid;
  const balance: WaterBalance = {
    rain_c: new Float64Array(cellCount),
    temperatureC_c: new Float64Array(cellCount),
    runoff_c: new Float64Array(cellCount),
    waterLoss_c: new Float64Array(cellCount),
  };
  for (let c = 0; c < cellCount; c++) {
    let rain = 0;
    let temperature = 0;
    for (let k = 12 * c; k < 12 * c + 12; k++) {
      rain += normals.rainMmDay_cm[k]! / 12;
      temperature += normals.temperatureC_cm[k]! / 12;
    }
    const rainM = (rain * daysPerYear) / 1000;
    const openM = openWaterM(temperature);
    balance.rain_c[c] = rainM;
    balance.temperatureC_c[c] = temperature;
    balance.runoff_c[c] = rainM - landEvaporationM(rainM, openM);
    balance.waterLoss_c[c] = openM - rainM;
  }
  return balance;
}

/** Turc's L, from 50 mm in the cold to 5 m. */
export function openWaterM(temperatureC: number): number {
  const t = Math.min(50, temperatureC);
  return Math.max(50, 300 + 25 * t + 0.05 * t * t * t) / 1000;
}

export function landEvaporationM(rainM: number, openM: number): number {
  if (rainM <= 0) return 0;
  return Math.min(rainM, rainM / Math.sqrt(0.9 + (rainM / openM) * (rainM / openM)));
}
