import { costOf, highestRaise, pointsToSpend, raiseMax, spentOn } from "#client/point-buy.ts";
import type { AttributeName, SecondaryName } from "#core/protocol/character.ts";

type Attributes = Readonly<Record<AttributeName, number>>;
type Raises = Readonly<Record<string, number>>;
type Props = {
  readonly template: Attributes;
  readonly raises: Raises;
  readonly onChange: (raises: Raises) => void;
  readonly secondary: (attributes: Attributes) => Readonly<Record<SecondaryName, number>>;
};

const groups = ["Body", "Mind", "Senses"] as const;
const attributeMax = 100;

/** Attributes with what they cost and what follows from them, as the sliders move. */
export function PointBuy({ template, raises, onChange, secondary }: Props) {
  const names = Object.keys(template) as AttributeName[];
  const left = pointsToSpend - spentOn(raises);
  const bought = Object.fromEntries(
    names.map((name) => [name, Math.min(attributeMax, template[name] + (raises[name] ?? 0))]),
  ) as Record<AttributeName, number>;
  return (
    <fieldset class="point-buy">
      <legend>Attributes</legend>
      <p class="points">
        <output>{left}</output> of {pointsToSpend} points left. The first ten points of an attribute cost 1 each, the
        next 2, then 3. Everybody is born a little different, by up to 5.
      </p>
      {groups.map((group, index) => (
        <div key={group} class="attributes" role="group" aria-label={group}>
          <h2>{group}</h2>
          {names.slice(index * 5, index * 5 + 5).map((name) => (
            <Slider
              key={name}
              name={name}
              base={template[name]}
              raise={raises[name] ?? 0}
              highest={highestRaise(raises, name)}
              onInput={(raise) => onChange({ ...raises, [name]: raise })}
            />
          ))}
        </div>
      ))}
      <dl class="secondary">
        {Object.entries(secondary(bought)).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </fieldset>
  );
}

type SliderProps = {
  readonly name: string;
  readonly base: number;
  readonly raise: number;
  /** What the points reach for. */
  readonly highest: number;
  readonly onInput: (raise: number) => void;
};

function Slider({ name, base, raise, highest, onInput }: SliderProps) {
  const value = base + raise;
  return (
    <label class="attribute">
      <span>{name}</span>
      <input
        type="range"
        min={0}
        max={raiseMax}
        value={raise}
        aria-valuetext={`${value}, ${costOf(raise)} points`}
        onInput={({ currentTarget }) => {
          const wanted = Math.min(highest, Number(currentTarget.value));
          currentTarget.value = String(wanted);
          onInput(wanted);
        }}
      />
      <span class="value">
        {value}
        {raise > 0 && <small> +{raise}</small>}
      </span>
    </label>
  );
}
