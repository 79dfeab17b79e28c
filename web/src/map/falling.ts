import type { Weather } from "../state/weather.ts";
import { speck } from "./noise.ts";

const dropsMax = 160;

/** Rain as slanted strokes, snow as flakes that sway. Where a drop is follows from the moment alone. */
export function drawFalling(pen: CanvasRenderingContext2D, side: number, weather: Weather, seconds: number): void {
  if (weather.falls === null) return;
  const isSnow = weather.falls === "snow";
  const count = Math.min(dropsMax, Math.round(25 + 35 * Math.sqrt(weather.fallMmH)));
  const slant = Math.min(0.6, weather.windMps / 25);
  const speed = isSnow ? 0.12 : 1.1;
  pen.strokeStyle = "rgb(214 228 240 / 0.55)";
  pen.fillStyle = "rgb(255 255 255 / 0.85)";
  pen.lineWidth = 1;
  pen.beginPath();
  for (let drop = 0; drop < count; drop++) {
    const fallen = (speck(drop, 1) + seconds * speed * (0.7 + 0.6 * speck(drop, 2))) % 1;
    const sway = isSnow ? Math.sin(seconds + drop) * 0.02 : 0;
    const x = ((speck(drop, 3) + slant * fallen + sway + 1) % 1) * side;
    const y = fallen * side;
    if (isSnow) {
      pen.moveTo(x, y);
      pen.arc(x, y, 1 + speck(drop, 4), 0, 2 * Math.PI);
    } else {
      pen.moveTo(x, y);
      pen.lineTo(x - slant * 9, y - 9);
    }
  }
  if (isSnow) pen.fill();
  else pen.stroke();
}

export const isFalling = (weather: Weather | null): boolean => weather !== null && weather.falls !== null;
