import type { PeopleSketch } from "../../protocol/world-specification.ts";

type Template = NonNullable<PeopleSketch["attributes"]>;

/** A people that is known by its word in three languages, and how far its template is from the human one. */
export type KnownPeople = { readonly name: string; readonly forms: string; readonly leaning: Template };

const lean = (changes: Readonly<Record<string, number>>): Template =>
  Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, 50 + change]));

const dwarf = { Might: 10, Agility: -10, Endurance: 15, Reflexes: -5, Vitality: 10, Cunning: -5, Willpower: 10, Presence: 5, Sight: -5, Hearing: 15, Taste: 5, Touch: 10 }; // prettier-ignore
const elf = { Might: -10, Agility: 15, Endurance: -5, Reflexes: 10, Vitality: -5, Intellect: 10, Cunning: 5, Presence: 10, Intuition: 15, Sight: 20, Hearing: 15, Smell: 5 }; // prettier-ignore

/** Forms are folded. The templates of Human, Dwarf and Elf are those of the game's rules. */
export const knownPeoples: readonly KnownPeople[] = [
  { name: "Human", forms: "humans?|humanity|humankind|mankind|mensch(?:en)?|menschheit|human[oa]s?|seres humanos", leaning: {} },
  { name: "Dwarf", forms: "dwar(?:f|fs|ves)|zwerge?n?|enan[oa]s?", leaning: lean(dwarf) },
  { name: "Elf", forms: "el(?:f|fs|ves)|elfen|elf[oa]s?|elben?", leaning: lean(elf) },
  { name: "Orc", forms: "or[ck]s?|orcos?", leaning: lean({ Might: 20, Endurance: 10, Vitality: 10, Intellect: -10, Presence: -5 }) }, // prettier-ignore
  { name: "Goblin", forms: "goblins?|kobolde?|trasgos?|duendes?", leaning: lean({ Might: -15, Agility: 15, Cunning: 15, Presence: -10 }) }, // prettier-ignore
  { name: "Halfling", forms: "halflings?|hobbits?|halblinge?|medianos?", leaning: lean({ Might: -20, Agility: 10, Reflexes: 10, Taste: 15 }) }, // prettier-ignore
  { name: "Gnome", forms: "gnomes?|gnomen?|gnomos?", leaning: lean({ Might: -20, Intellect: 15, Cunning: 10, Touch: 10 }) },
  { name: "Giant", forms: "giants|riesen|gigantes", leaning: lean({ Might: 40, Vitality: 30, Agility: -20, Reflexes: -15 }) },
  { name: "Dragon", forms: "dragons?|drachen?|dragon(?:es)?", leaning: lean({ Might: 40, Vitality: 30, Presence: 30, Willpower: 20, Smell: 20 }) }, // prettier-ignore
  { name: "Troll", forms: "trolls?|trolle|troles?", leaning: lean({ Might: 30, Vitality: 25, Intellect: -20, Smell: 15 }) },
  { name: "Lizardfolk", forms: "lizard ?(?:folk|men|people|men)|lizards|reptilians?|saurians?|echsen(?:menschen|volk|wesen)?|(?:hombres?|gente) lagarto|reptilianos?", leaning: lean({ Endurance: 15, Vitality: 10, Smell: 20, Presence: -5 }) }, // prettier-ignore
  { name: "Merfolk", forms: "mer ?(?:folk|people|men|maids?)|mermaids?|fish ?(?:folk|people)|meer(?:jungfrauen|menschen|volk|leute)|nixen|wassermenschen|sirenas?|tritones|(?:gente|pueblo|hombres) (?:pez|del mar)", leaning: lean({ Agility: 10, Touch: 10, Hearing: 15 }) }, // prettier-ignore
  { name: "Catfolk", forms: "cat ?(?:folk|people|men)|felines?|katzen(?:menschen|volk|wesen|leute)|(?:gente|hombres) gato|felinos?", leaning: lean({ Agility: 20, Reflexes: 15, Hearing: 15, Sight: 10 }) }, // prettier-ignore
  { name: "Wolffolk", forms: "wolf ?(?:folk|people|men)|werewolves|wolfs(?:menschen|volk)|werwolfe|(?:gente|hombres) lobo|licantropos", leaning: lean({ Might: 15, Smell: 30, Hearing: 15 }) }, // prettier-ignore
  { name: "Birdfolk", forms: "bird ?(?:folk|people|men)|winged (?:folk|people)|avians?|vogel(?:menschen|volk|wesen|leute)|(?:gente|hombres|pueblo) (?:pajaro|ave|aves|alad[oa])|aviares", leaning: lean({ Sight: 30, Agility: 15, Might: -10 }) }, // prettier-ignore
  { name: "Fairy", forms: "fair(?:y|ies)|fae|fey|pixies?|feen?|hadas?", leaning: lean({ Might: -30, Agility: 25, Presence: 20, Intuition: 20 }) }, // prettier-ignore
  { name: "Centaur", forms: "centaurs?|[kz]entauren?|centauros?", leaning: lean({ Might: 15, Endurance: 25, Agility: 5 }) },
  { name: "Minotaur", forms: "minotaurs?|minotauren?|minotauros?", leaning: lean({ Might: 30, Vitality: 15, Cunning: -10 }) },
  { name: "Insectoid", forms: "insectoids?|insect ?(?:folk|people)|ant ?(?:folk|people)|bee ?(?:folk|people)|insekten(?:wesen|volk|menschen)|ameisen(?:volk|menschen)?|insectoides?|(?:gente|hombres) (?:insecto|hormiga)", leaning: lean({ Endurance: 20, Smell: 25, Touch: 15, Presence: -15 }) }, // prettier-ignore
  { name: "Mushroomfolk", forms: "mushroom ?(?:folk|people|men)|fungus ?(?:folk|people)|myconids?|fungi|pilz(?:menschen|volk|wesen|leute)|(?:gente|hombres|pueblo) hongo|micónidos|miconidos", leaning: lean({ Endurance: 15, Willpower: 15, Reflexes: -15, Smell: 15 }) }, // prettier-ignore
  { name: "Treefolk", forms: "tree ?(?:folk|people|men)|treants?|ents|plant ?(?:folk|people)|baum(?:menschen|volk|wesen|hirten)|(?:gente|hombres|pueblo) (?:arbol|planta)", leaning: lean({ Vitality: 30, Willpower: 15, Agility: -25 }) }, // prettier-ignore
  { name: "Stonefolk", forms: "stone ?(?:folk|people|men)|rock ?(?:folk|people)|golems?|stein(?:menschen|volk|wesen)|(?:gente|hombres|pueblo) (?:de )?(?:piedra|roca)", leaning: lean({ Vitality: 30, Might: 20, Agility: -20 }) }, // prettier-ignore
  { name: "Machine", forms: "robots?|androids?|machines|automatons?|automata|roboter|androiden|maschinen(?:wesen|menschen)?|robots|androides?|maquinas|automatas", leaning: lean({ Endurance: 30, Intellect: 20, Intuition: -25, Taste: -40 }) }, // prettier-ignore
  { name: "Spirit", forms: "spirits|ghosts|wraiths|geister|gespenster|espiritus|fantasmas", leaning: lean({ Willpower: 20, Intuition: 30, Might: -30 }) }, // prettier-ignore
  { name: "Vampire", forms: "vampires?|vampire?n?|vampir[oa]s", leaning: lean({ Might: 10, Presence: 20, Smell: 20, Sight: 15 }) },
  { name: "Undead", forms: "undead|zombies?|skeletons|untoten?|skelette|no muertos|esqueletos", leaning: lean({ Endurance: 30, Presence: -20, Intuition: -20 }) }, // prettier-ignore
]; // prettier-ignore

/** What looks say of a template: each is worth so much more, or less. */
export const lookLeanings: readonly (readonly [string, Template])[] = [
  ["strong|mighty|muscular|burly|stark(?:e[rsnm]?)?|kraftig(?:e[rsnm]?)?|fuertes?|musculos[oa]s?", lean({ Might: 15 })],
  ["weak|frail|fragile|schwach(?:e[rsnm]?)?|zerbrechlich(?:e[rsnm]?)?|debil(?:es)?|fragil(?:es)?", lean({ Might: -15, Vitality: -10 })], // prettier-ignore
  ["fast|quick|swift|agile|nimble|schnell(?:e[rsnm]?)?|flink(?:e[rsnm]?)?|rapid[oa]s?|agil(?:es)?", lean({ Agility: 15, Reflexes: 10 })], // prettier-ignore
  ["slow|langsam(?:e[rsnm]?)?|lent[oa]s?", lean({ Agility: -15, Reflexes: -10 })],
  ["wise|weise[rsnm]?|sabi[oa]s?", lean({ Willpower: 10, Intuition: 15 })],
  ["clever|smart|brilliant|intelligent(?:e[rsnm]?)?|klug(?:e[rsnm]?)?|schlau(?:e[rsnm]?)?|inteligentes?|list[oa]s?", lean({ Intellect: 15, Cunning: 10 })], // prettier-ignore
  ["tough|hardy|sturdy|zah(?:e[rsnm]?)?|robust(?:e[rsnm]?)?|resistentes?|robust[oa]s?", lean({ Endurance: 15, Vitality: 10 })], // prettier-ignore
  [
    "blind(?:e[rsnm]?)?|eyeless|augenlos(?:e[rsnm]?)?|cieg[oa]s?|sin ojos",
    lean({ Sight: -45, Hearing: 25, Touch: 20 }),
  ],
  ["keen[- ]eyed|sharp[- ]eyed|scharfaugig(?:e[rsnm]?)?|vista (?:aguda|de aguila)", lean({ Sight: 20 })],
  ["beautiful|graceful|schon(?:e[rsnm]?)?|anmutig(?:e[rsnm]?)?|herm?os[oa]s?|bell[oa]s?", lean({ Presence: 15 })],
];
