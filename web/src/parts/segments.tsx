type Props<T extends string> = {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [value: T, words: string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
};

/** One of a few. */
export function Segments<T extends string>({ legend, name, options, value, onChange }: Props<T>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="segments">
        {options.map(([each, words]) => (
          <label key={each}>
            <input type="radio" name={name} checked={each === value} onChange={() => onChange(each)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
