import type { MapLegend, WorldMap } from "#core/protocol/world-map.ts";
import { type AirLayer, cloudColour, rainStops, type Rgb, warmthStops } from "./air.ts";

/** What the colours of the land mean; of names, those that are on the map. */
export function Legend({ legend, map }: { readonly legend: MapLegend; readonly map: WorldMap }) {
  const there = new Set<string | undefined>(
    map.tiles.flatMap(({ biome, climate }) => [biome, ...(biome === "Ocean" ? [] : [climate])]),
  );
  // Where there is no sea, nothing is to be said of its depths.
  const bars = legend.bars.filter(({ stops }) => stops.at(-1)!.at > 0 || there.has("Ocean"));
  const names = legend.names.filter(({ code }) => code === "" || there.has(code));
  return (
    <div class="legend">
      {bars.map(({ title, unit, stops }) => (
        <Bar key={title} title={title} unit={unit} stops={stops} />
      ))}
      {names.length > 0 && (
        <ul>
          {names.map(({ code, name, colour }) => (
            <li key={code}>
              <span class="swatch" style={{ background: colour }} />
              {code === "" || code.length > 3 ? name : `${code}: ${name}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const hex = (colour: Rgb): string => `rgb(${colour.join(" ")})`;

export function AirLegend({ layer }: { readonly layer: AirLayer }) {
  if (layer === "wind") return <p class="soft">Arrows point to where the wind blows; longer ones are stronger.</p>;
  const stops = (layer === "warmth" ? warmthStops : rainStops).map(([at, colour]) => ({ at, colour: hex(colour) }));
  return (
    <div class="legend">
      {layer === "warmth" ? (
        <Bar title="Now, near the ground" unit="°C" stops={stops} />
      ) : (
        <>
          <Bar title="Rain and snow now" unit="mm an hour" stops={stops} isEven />
          <ul>
            <li>
              <span class="swatch" style={{ background: hex(cloudColour) }} />
              Clouds
            </li>
          </ul>
        </>
      )}
    </div>
  );
}

type BarProps = {
  readonly title: string;
  readonly unit: string;
  readonly stops: readonly { readonly at: number; readonly colour: string }[];
  /** Stops stand evenly, whatever is between them. */
  readonly isEven?: boolean;
};

function Bar({ title, unit, stops, isEven = false }: BarProps) {
  const [low, high] = [stops[0]!.at, stops.at(-1)!.at];
  const shareOf = (at: number, index: number) => (isEven ? index / (stops.length - 1) : (at - low) / (high - low));
  const colours = stops.map(({ at, colour }, index) => `${colour} ${(100 * shareOf(at, index)).toFixed(1)}%`);
  const middle = stops[Math.floor(stops.length / 2)]!.at;
  return (
    <div class="legend-bar">
      <span>
        {title}, {unit}
      </span>
      <span class="ramp" style={{ background: `linear-gradient(90deg, ${colours.join(", ")})` }} />
      <span class="ticks">
        {(isEven ? [low, middle, high] : [low, (low + high) / 2, high]).map((at) => (
          <span key={at}>{new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(at)}</span>
        ))}
      </span>
    </div>
  );
}
