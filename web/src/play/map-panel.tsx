import { useEffect, useRef } from "preact/hooks";
import type { Direction } from "#client/commands.ts";
import { describeMap, directionTo } from "#client/surroundings.ts";
import { isFalling } from "../map/falling.ts";
import { drawMap, type Look, type Painted } from "../map/draw-map.ts";
import { map, neighbours, send, weather, world } from "../state/game.ts";
import { isMotionReduced } from "../state/settings.ts";
import { Pad, walkByKey } from "./pad.tsx";

export function MapPanel() {
  const told = map.value;
  return (
    <div class="map-panel" onKeyDown={walkByKey}>
      <MapCanvas />
      {told && (
        <details class="map-words">
          <summary>The map in words</summary>
          {told.speech === undefined ? (
            <ul>
              {describeMap(told).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          ) : (
            <p>{told.speech}</p>
          )}
        </details>
      )}
      <Pad />
      <button type="button" class="plain whole" onClick={() => send("world map")}>
        The whole world
      </button>
    </div>
  );
}

function MapCanvas() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const told = map.value;
  const look = useRef<Omit<Look, "seconds"> | null>(null);
  const sun = world.value?.sky.sun.altitude_rad ?? null;
  look.current = told && {
    map: told,
    neighbours: neighbours.value,
    sunAltitudeRad: told.is_simulated ? sun : null,
    weather: weather.value,
  };
  useEffect(() => (canvas.current ? keepDrawn(canvas.current, () => look.current) : undefined), []);
  useEffect(() => {
    canvas.current?.dispatchEvent(new Event("redraw"));
  }, [told, neighbours.value, weather.value, sun]);
  const here = told === null ? "" : (describeMap(told)[0] ?? "");
  return (
    <canvas
      ref={canvas}
      class="map"
      role="img"
      aria-label={`Map of what is around you. ${here}`}
      onClick={(event) => told && walkTowards(event, told.grid_size)}
    />
  );
}

/** Draws whenever it is told to, its size changes, or something falls from the sky. */
function keepDrawn(canvas: HTMLCanvasElement, lookNow: () => Omit<Look, "seconds"> | null): () => void {
  let painted: Painted | null = null;
  let frame = 0;
  const draw = (ms: number) => {
    frame = 0;
    const look = lookNow();
    if (look === null || canvas.clientWidth === 0) return;
    painted = drawMap(canvas, canvas.clientWidth, { ...look, seconds: ms / 1000 }, painted);
    if (isFalling(look.weather) && !isMotionReduced()) ask();
  };
  const ask = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const observer = new ResizeObserver(ask);
  observer.observe(canvas);
  canvas.addEventListener("redraw", ask);
  ask();
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    canvas.removeEventListener("redraw", ask);
  };
}

/** One step to where it was pointed at. */
function walkTowards({ offsetX, offsetY, currentTarget }: MouseEvent, gridSize: number): void {
  const side = (currentTarget as HTMLElement).clientWidth;
  const [east, north] = [offsetX - side / 2, side / 2 - offsetY];
  const direction: Direction | "look" =
    Math.hypot(east, north) < side / gridSize / 2 ? "look" : directionTo({ east, north });
  send(direction);
}
