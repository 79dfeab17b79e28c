import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { MapLayer, WorldMap } from "#core/protocol/world-map.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import type { PageProps } from "../app.tsx";
import { type AirLayer } from "../atlas/air.ts";
import { airInWords } from "../atlas/air-words.ts";
import { AtlasCanvas } from "../atlas/atlas-canvas.tsx";
import { isPlanet } from "../atlas/facts.ts";
import { AirLegend, Legend } from "../atlas/legend.tsx";
import type { roundProjections } from "../atlas/projections.ts";
import { type Now, useAir } from "../atlas/use-air.ts";
import { tilesAcross, useSheet } from "../atlas/use-sheet.ts";
import { WorldFacts } from "../atlas/world-facts.tsx";
import { Segments } from "../parts/segments.tsx";
import { FailedPage, FailedPart } from "../parts/failed-page.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { api } from "../state/session.ts";
import "../styles/atlas.css";
import "../styles/tables.css";

export function World({ id }: PageProps) {
  const loaded = useLoaded(async () => {
    const [world, map] = await Promise.all([api.world(id), api.worldMap(id, { width: tilesAcross, layer: "climate" })]);
    return { world, map };
  }, id);
  if (loaded.kind === "loading") {
    return (
      <main id="main">
        <p class="waiting">Unrolling the maps …</p>
      </main>
    );
  }
  if (loaded.kind === "failed")
    return <FailedPage title="There is no map of it" message={loaded.message} again={loaded.again} />;
  return <Atlas {...loaded.value} />;
}

const layerWords = {
  elevation: "Height",
  biomes: "Biomes",
  climate: "Climate",
  temperature: "Warmth",
  rain: "Rain",
  winds: "Winds",
} as const satisfies Readonly<Record<MapLayer, string>>;
const layersInOrder = Object.entries(layerWords) as [MapLayer, string][];

function layersOf(map: WorldMap): readonly (readonly [MapLayer, string])[] {
  if (isPlanet(map)) return layersInOrder;
  return map.is_simulated ? layersInOrder.filter(([layer]) => layer !== "climate" && layer !== "winds") : [];
}

type RoundProjection = (typeof roundProjections)[number];
const projectionWords = [
  ["globe", "Globe"],
  ["equal-earth", "Equal Earth"],
  ["plate-carree", "Plate carrée"],
] as const satisfies readonly (readonly [RoundProjection, string])[];

const airWords = [
  ["clouds", "Clouds and rain"],
  ["wind", "Wind"],
  ["warmth", "Warmth"],
  ["nothing", "Nothing"],
] as const satisfies readonly (readonly [AirLayer | "nothing", string])[];

function Atlas({ world, map }: { readonly world: WorldDetailResponse; readonly map: WorldMap }) {
  const isRound = world.radius !== null;
  const [layer, setLayer] = useState<MapLayer>("biomes");
  const [projection, setProjection] = useState<RoundProjection>("globe");
  const [airLayer, setAirLayer] = useState<AirLayer | "nothing">("nothing");
  const { painted, failure, again } = useSheet(world.id, layer, isRound);
  const now = useAir(world, map.is_simulated);
  const air = typeof now.air === "string" ? null : now.air;
  const layers = layersOf(map);
  return (
    <main id="main" class="world">
      <h1>{world.name}</h1>
      <p class="lead">{world.theme}</p>
      <div class="atlas-page">
        <div class="atlas-place">
          {painted ? (
            <AtlasCanvas
              name={`${world.name}, ${layerWords[painted.layer].toLowerCase()}`}
              map={painted.map}
              sheet={painted.sheet}
              projection={isRound ? projection : "flat"}
              air={air}
              airLayer={airLayer}
            />
          ) : (
            failure === null && <p class="waiting">The map is being painted …</p>
          )}
          {painted && painted.layer !== layer && failure === null && (
            <p class="painting soft" role="status">
              {layerWords[layer]} is being painted …
            </p>
          )}
          {failure !== null && <FailedPart role="alert" class="trouble" message={failure} again={again} />}
        </div>
        <Choices {...{ isRound, projection, setProjection, layers, layer, setLayer }}>
          {painted?.map.legend && map.is_simulated && <Legend legend={painted.map.legend} map={painted.map} />}
          {air && <AirChoice layer={airLayer} choose={setAirLayer} />}
        </Choices>
      </div>
      <RightNow now={now} isRound={isRound} hasWeather={map.is_simulated} />
      <p class="actions">
        <a class="button primary" href={`/worlds/${world.id}`}>
          Enter {world.name}
        </a>
      </p>
      <WorldFacts world={world} map={map} />
    </main>
  );
}

type ChoicesProps = {
  readonly isRound: boolean;
  readonly projection: RoundProjection;
  readonly setProjection: (projection: RoundProjection) => void;
  readonly layers: ReturnType<typeof layersOf>;
  readonly layer: MapLayer;
  readonly setLayer: (layer: MapLayer) => void;
  readonly children: ComponentChildren;
};

function Choices({ isRound, projection, setProjection, layers, layer, setLayer, children }: ChoicesProps) {
  return (
    <form class="atlas-choices" onSubmit={(event) => event.preventDefault()}>
      {isRound && (
        <Segments
          legend="Seen as"
          name="projection"
          options={projectionWords}
          value={projection}
          onChange={setProjection}
        />
      )}
      {layers.length > 0 && <Segments legend="Shown" name="layer" options={layers} value={layer} onChange={setLayer} />}
      {children}
    </form>
  );
}

type AirProps = { readonly layer: AirLayer | "nothing"; readonly choose: (layer: AirLayer | "nothing") => void };

function AirChoice({ layer, choose }: AirProps) {
  return (
    <>
      <Segments legend="In the air just now" name="air" options={airWords} value={layer} onChange={choose} />
      {layer !== "nothing" && <AirLegend layer={layer} />}
    </>
  );
}

const two = (number: number): string => String(number).padStart(2, "0");

function RightNow({
  now,
  isRound,
  hasWeather,
}: {
  readonly now: Now;
  readonly isRound: boolean;
  readonly hasWeather: boolean;
}) {
  const { sky, season, clock } = now.world;
  return (
    <section class="right-now" aria-labelledby="right-now">
      <h2 id="right-now">Right now</h2>
      <p>
        It is {two(sky.hour)}:{two(sky.minute)} where one arrives, {sky.time_of_day} in {season.name}, on day{" "}
        {sky.day_of_year} of year {sky.year}. {paceInWords(clock)}
      </p>
      {hasWeather && <p>{weatherInWords(now, isRound)}</p>}
      {now.isLate && <p class="soft">The server does not answer just now; this is what it said last.</p>}
    </section>
  );
}

function paceInWords({ is_paused: isPaused, pace }: WorldDetailResponse["clock"]): string {
  if (isPaused) return "Time stands still.";
  if (pace === 1) return "Time runs as it does here.";
  const rounded = Math.round(100 * pace) / 100;
  return pace > 1 ? `Time runs ${rounded} times as fast as here.` : `Time runs at ${rounded} of its pace here.`;
}

function weatherInWords({ air, world }: Now, isRound: boolean): string {
  if (air === "unknown") return "Looking at the sky …";
  if (air !== "none") return airInWords(air.now, isRound);
  if (world.player_count > 0) return "Its weather begins now that somebody is there; a moment.";
  return "Nobody is there to see the weather, so it waits. It goes on as soon as somebody enters.";
}
