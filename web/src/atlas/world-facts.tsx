import type { WorldMap, WorldMapTile } from "#core/protocol/world-map.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import { factsOf, isPlanet, percent, sharesOf } from "./facts.ts";

type Props = { readonly world: WorldDetailResponse; readonly map: WorldMap };

/** Everything that the pictures show, for who does not see them. `map`: of the layer "climate". */
export function WorldFacts({ world, map }: Props) {
  const isRound = world.radius !== null;
  const climates = new Map(map.legend?.names.map(({ code, name }) => [code, name]));
  return (
    <section class="world-facts" aria-labelledby="in-words">
      <h2 id="in-words">In words and figures</h2>
      <dl>
        {factsOf(world, map).map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {map.is_simulated && (
        <div class="share-tables">
          <Shares
            caption="Land and water"
            head="What is there"
            rows={sharesOf(map, isRound, ({ biome }) => (biome === "Ocean" ? "Sea" : biome))}
          />
          {isPlanet(map) && (
            <Shares
              caption="Climates of the land, after Köppen"
              head="Climate"
              rows={sharesOf(map, isRound, climateOfLand).map(([code, share]) => [
                `${code}: ${climates.get(code) ?? code}`,
                share,
              ])}
            />
          )}
        </div>
      )}
    </section>
  );
}

const climateOfLand = ({ biome, climate }: WorldMapTile): string | null =>
  biome === "Ocean" ? null : (climate ?? null);

type SharesProps = {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly (readonly [kind: string, share: number])[];
};

function Shares({ caption, head, rows }: SharesProps) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([kind, share]) => (
          <tr key={kind}>
            <th scope="row">{kind}</th>
            <td>{percent(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
