import type { CharacterRecord } from "../../character/model.ts";
import type { ItemId } from "../../lib/ids.ts";
import { emptyLife, type Item, type Life } from "../../protocol/life.ts";
import { kindOf, type KindId } from "./kinds.ts";
import { made } from "./make.ts";

type Set = Readonly<Partial<Record<KindId, number>>>;

const clothes: Set = { tunic: 1, trousers: 1, sandals: 1 };
const provisions: Set = { knife: 1, bread: 2, coin: 10, pouch: 1 };

/** By a word in what somebody does; the first that fits. */
const trades: readonly (readonly [words: RegExp, belongings: Set])[] = [
  [/smith|forge/iu, { hammer: 1, ironIngot: 2, charcoal: 4 }],
  [/hunt|trap|scout|rang/iu, { spear: 1, jerkin: 1, hide: 1 }],
  [/fish|sail|boat/iu, { fishingRod: 1, rope: 1 }],
  [/min(?:e|ing)|quarr|prospect|mason/iu, { pick: 1, torch: 2 }],
  [/wood|lumber|carpent|join|forest/iu, { axe: 1, plank: 2 }],
  [/heal|herb|alchem|apothec|physic|doctor|medic|witch|druid/iu, { mortar: 1, herb: 6, salve: 2 }],
  [/cook|bak|inn|brew/iu, { pot: 1, root: 3, salt: 1 }],
  [/tailor|weav|leather|seam|cobbl/iu, { needle: 1, cloth: 2, leather: 1 }],
  [/soldier|guard|warrior|knight|fight|mercen|sword/iu, { bronzeSword: 1, shield: 1, cap: 1 }],
  [/trad|merch|pedl|sell/iu, { coin: 40, sack: 1 }],
  [/farm|shepherd|garden|peasant/iu, { club: 1, root: 4, sack: 1 }],
  [/pilgrim|priest|monk|wander|travel|explor/iu, { staff: 1, torch: 1, bandage: 1 }],
];

const worn = ["tunic", "trousers", "sandals"] as const satisfies readonly KindId[];

/** What a character has who has never been anywhere: the same for the same one, under ids of its own. */
export function firstLife({
  id,
  attributes,
  occupation,
}: Pick<CharacterRecord, "id" | "attributes" | "occupation">): Life {
  if (attributes === null) return emptyLife;
  const trade = trades.find(([words]) => words.test(occupation ?? ""))?.[1] ?? { staff: 1, bandage: 1 };
  const all = { ...clothes, ...provisions };
  for (const [kind, count] of Object.entries(trade) as [KindId, number][]) all[kind] = (all[kind] ?? 0) + count;
  const items = (Object.entries(all) as [KindId, number][]).map(([kind, count], index): Item =>
    dressed(made(kind, `${id}:${index + 1}` as ItemId, count)),
  );
  return { ...emptyLife, items };
}

function dressed(item: Item): Item {
  const slot = worn.some((kind) => kind === item.kind) ? kindOf(item).slots?.[0] : undefined;
  return slot === undefined ? item : { ...item, slot };
}
