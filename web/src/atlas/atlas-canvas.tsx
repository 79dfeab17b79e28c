import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { WorldMap } from "#core/protocol/world-map.ts";
import { isMotionReduced } from "../state/settings.ts";
import { type Air, type AirLayer, shareBetween, veilOf } from "./air.ts";
import { drawAtlas, emptyDesk, type Scene } from "./draw-atlas.ts";
import { tileAt, whereIs, wordsOfTile } from "./facts.ts";
import { aspectOf, placeAt, type Projection, type Size, turnOfPixel, turned, type View } from "./projections.ts";
import type { Sheet } from "./sheet.ts";
import { TurnButtons } from "./turn-buttons.tsx";
import { airEveryMs } from "./use-air.ts";
import { type Turn, useMiddle } from "./use-middle.ts";

type Props = {
  readonly name: string;
  readonly map: WorldMap;
  readonly sheet: Sheet;
  readonly projection: Projection;
  readonly air: Air | null;
  readonly airLayer: AirLayer | "nothing";
};

/** Pixels that are drawn, at the most: more would be slow to turn. */
const globeWidthMax = 620;
const paperWidthMax = 1100;
const heightMax = 800;
const airFrameMs = 250;
const keyTurn = Math.PI / 12;

export function AtlasCanvas({ name, map, sheet, projection, air, airLayer }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { middle, turn, isSpinning, toggleSpin } = useMiddle();
  const [pointed, setPointed] = useState<{ readonly u: number; readonly v: number } | null>(null);
  const isRound = projection !== "flat";
  const view: View = { projection, ...middle, ...(projection !== "globe" && { latitude: 0 }) };
  const size = sizeOf(useWidth(canvas), projection, sheet.width / sheet.height);
  useDrawn(canvas, size, { sheet, view, air, airLayer });
  const shown = pointed ?? { u: turned(view.longitude) / (2 * Math.PI) + 0.5, v: 0.5 - view.latitude / Math.PI };
  const tile = tileAt(map, shown.u, shown.v);
  const words = `${whereIs(map, isRound, shown.u, shown.v)}${tile ? `: ${wordsOfTile(tile)}` : ""}`;
  const said = useSaidLater(isRound && pointed === null && !isSpinning ? words : "");
  const drag = useDrag(view, size, turn, setPointed);
  return (
    <div class="atlas-view" data-projection={projection}>
      <div
        class="atlas-frame"
        {...(isRound && {
          role: "group",
          tabIndex: 0,
          "aria-label": projection === "globe" ? "Globe: arrow keys turn it" : "Map: arrow keys shift it",
          onKeyDown: (event: KeyboardEvent) => turnByKey(event, turn),
        })}
      >
        <canvas ref={canvas} class="atlas" role="img" aria-label={`${labels[projection]} of ${name}`} {...drag} />
      </div>
      <p class="readout" aria-hidden="true">
        {words}
      </p>
      <p class="unseen" role="status">
        {said}
      </p>
      {isRound && (
        <TurnButtons
          turn={(east, north) => turn(east * keyTurn, north * keyTurn)}
          hasLatitude={projection === "globe"}
          spin={isMotionReduced() ? null : { isOn: isSpinning, toggle: toggleSpin }}
        />
      )}
    </div>
  );
}

type Shown = Pick<Props, "sheet" | "air" | "airLayer"> & { readonly view: View };

/** Drawn anew when anything on it has changed. */
function useDrawn(
  canvas: RefObject<HTMLCanvasElement | null>,
  size: Size,
  { sheet, view, air, airLayer }: Shown,
): void {
  const desk = useRef(emptyDesk());
  const share = useShare(air, airLayer !== "nothing");
  const { projection, longitude, latitude } = view;
  useLayoutEffect(() => {
    if (canvas.current === null || size.width === 0) return;
    const isVeiled = airLayer === "clouds" || airLayer === "warmth";
    const scene: Scene = {
      sheet,
      view,
      veil: air && isVeiled ? veilOf(air, airLayer, share, projection !== "flat") : null,
      wind: air && airLayer === "wind" ? { air, share } : null,
    };
    drawAtlas(canvas.current, size, scene, desk.current);
  }, [sheet, projection, longitude, latitude, size.width, size.height, air, airLayer, share]);
}

const labels: Readonly<Record<Projection, string>> = {
  globe: "Globe",
  "equal-earth": "Map",
  "plate-carree": "Map",
  flat: "Map",
};

function sizeOf(width: number, projection: Projection, flat: number): Size {
  const aspect = aspectOf(projection, flat);
  const sharp = width * Math.min(2, devicePixelRatio);
  const widest = Math.min(sharp, projection === "globe" ? globeWidthMax : paperWidthMax, heightMax * aspect);
  return { width: Math.round(widest), height: Math.round(widest / aspect) };
}

/** Of the place that the canvas has. */
function useWidth(canvas: RefObject<HTMLCanvasElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const frame = canvas.current?.parentElement;
    if (!frame) return undefined;
    const observer = new ResizeObserver(() => setWidth(frame.clientWidth));
    observer.observe(frame);
    setWidth(frame.clientWidth);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** How far between two tellings the air is; who wants little motion sees each telling when it comes. */
function useShare(air: Air | null, isShown: boolean): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  const isMoving = air !== null && isShown && !isMotionReduced();
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => setNowMs(performance.now()), airFrameMs);
    return () => clearInterval(timer);
  }, [isMoving]);
  return isMoving ? shareBetween(air, nowMs, airEveryMs) : 1;
}

const saidAfterMs = 700;

/** Only where one stays is said, not every step on the way, nor where one begins. */
function useSaidLater(words: string): string {
  const [said, setSaid] = useState("");
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return undefined;
    }
    const timer = setTimeout(() => setSaid(words), saidAfterMs);
    return () => clearTimeout(timer);
  }, [words]);
  return said;
}

const keys: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function turnByKey(event: KeyboardEvent, turn: Turn): void {
  const way = keys[event.key];
  if (way === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  turn(way[0] * keyTurn, way[1] * keyTurn);
}

function useDrag(view: View, size: Size, turn: Turn, point: (place: { u: number; v: number } | null) => void) {
  const last = useRef<readonly [number, number] | null>(null);
  const isRound = view.projection !== "flat";
  return {
    onPointerDown(event: PointerEvent) {
      if (!isRound || event.button !== 0) return;
      (event.currentTarget as HTMLCanvasElement).setPointerCapture(event.pointerId);
      last.current = [event.offsetX, event.offsetY];
    },
    onPointerMove({ offsetX: x, offsetY: y, currentTarget }: PointerEvent) {
      const scale = size.width / (currentTarget as HTMLCanvasElement).clientWidth;
      if (last.current === null) return point(placeAt(view, size, x * scale, y * scale));
      const perPixel = scale * turnOfPixel(view, size.width);
      turn((last.current[0] - x) * perPixel, (y - last.current[1]) * perPixel);
      last.current = [x, y];
      return undefined;
    },
    onPointerUp: () => (last.current = null),
    onPointerCancel: () => (last.current = null),
    onPointerLeave: () => point(null),
  };
}
