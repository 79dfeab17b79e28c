import type { CarriedThing } from "#core/protocol/frames-out.ts";
import { chosen } from "../state/chosen.ts";
import { vitals } from "../state/game.ts";

const slotWords: Readonly<Record<NonNullable<CarriedThing["slot"]>, string>> = {
  head: "on the head",
  chest: "on the body",
  legs: "on the legs",
  feet: "on the feet",
  mainHand: "in the hand",
  offHand: "in the other hand",
};

/** What is worn comes first. */
export function PackPanel() {
  const carried = vitals.value?.inventory ?? [];
  const all = carried.toSorted((a, b) => Number(a.slot === null) - Number(b.slot === null));
  const weight = carried.reduce((sum, thing) => sum + thing.weight, 0);
  return (
    <>
      <h2>Things {weight > 0 && <span class="soft">{kilograms(weight)}</span>}</h2>
      {all.length === 0 ? (
        <p class="soft">Your hands are empty.</p>
      ) : (
        <ul class="rows">
          {all.map((thing) => (
            <Thing key={thing.id} thing={thing} />
          ))}
        </ul>
      )}
    </>
  );
}

function Thing({ thing }: { readonly thing: CarriedThing }) {
  const { name, quantity, slot, contents, durability, maxDurability } = thing;
  const isWorn = durability !== undefined && maxDurability !== undefined && durability < maxDurability;
  const notes = [
    ...(slot === null ? [] : [slotWords[slot]]),
    ...(isWorn ? [`${Math.round((100 * durability) / maxDurability)} % whole`] : []),
  ];
  return (
    <li>
      <button type="button" class="row" onClick={() => (chosen.value = { kind: "thing", thing })}>
        <span class="row-name">
          {name}
          {quantity > 1 && ` × ${quantity}`}
        </span>
        <span class="soft">{notes.join(", ")}</span>
      </button>
      {contents !== undefined && contents.length > 0 && (
        <ul class="rows inside" aria-label={`In ${name}`}>
          {contents.map((inner) => (
            <Thing key={inner.id} thing={inner} />
          ))}
        </ul>
      )}
    </li>
  );
}

const kilograms = (weight: number): string => `${Math.round(weight * 10) / 10} kg`;
