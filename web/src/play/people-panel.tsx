import { whereabouts } from "#client/surroundings.ts";
import { chosen } from "../state/chosen.ts";
import { map, neighbours } from "../state/game.ts";

/** More would be a crowd, and is counted. */
const shownMax = 12;

export function PeoplePanel() {
  const all = neighbours.value;
  const more = all.length - shownMax;
  const named = Object.values(map.value?.place_names ?? {});
  return (
    <>
      <h2>Here</h2>
      {named.length > 0 && <p class="soft">{named.join(", ")}</p>}
      {all.length === 0 ? (
        <p class="soft">Nobody and nothing near.</p>
      ) : (
        <ul class="rows">
          {all.slice(0, shownMax).map((each) => (
            <li key={each.id}>
              <button type="button" class="row" onClick={() => (chosen.value = { kind: "name", name: each.name })}>
                <span class="dot" data-kind={each.kind} />
                <span class="row-name">{each.name}</span>
                <span class="soft">{whereabouts(each)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p class="soft">and {more} more</p>}
    </>
  );
}
