import type { FightRule } from "../../protocol/world-specification.ts";
import { type Clause, has, isDenied, isSaid, words } from "./fold.ts";

// Whom players may attack. Only what speaks of players, or of fights as a rule, counts: a lawless frontier is a theme, and no leave to rob others.

const free = words(
  "(?:open|free|full|unrestricted|lawless) pvp|pvp(?: is| shall be)? (?:on|open|free|lawless|allowed)|" +
    "fights?(?: between players)? (?:is|are|shall be) (?:free|lawless|without (?:asking|agreement|consent))|" +
    "players? (?:may|can|could|shall|should)(?: all)?(?: freely)? (?:attack|fight|kill|rob) (?:each other|one another|any(?:one|body)|every(?:one|body)|other players|whom they like)|" +
    "(?:offenes|freies) pvp|pvp(?: ist)? (?:an|offen|frei|erlaubt)|kampfe?(?: zwischen spielern)? (?:ist|sind|is) (?:frei|ohne (?:zustimmung|absprache|frage))|" +
    "spieler (?:durfen|konnen|sollen) (?:einander|sich(?: gegenseitig)?|jeden|andere(?: spieler)?)(?: frei| jederzeit| ohne zustimmung)? (?:angreifen|bekampfen|toten|berauben)|" +
    "pvp(?: es)? (?:libre|abierto|permitido)|(?:peleas?|combates?)(?: entre jugadores)? (?:es|son|is) (?:libres?|sin (?:acuerdo|permiso))|" +
    "jugadores (?:pueden|podran) (?:atacarse|matarse|atacar a (?:otros|cualquiera))",
);
const agreed = words(
  "no pvp|pvp(?: is| shall be)? (?:off|forbidden|agreed|only by agreement)|fights?(?: between players)? (?:is|are|shall be) (?:only )?(?:agreed|by agreement)|" +
    "kein pvp|pvp(?: ist)? (?:aus|verboten)|kampfe?(?: zwischen spielern)? (?:ist|sind|is) (?:nur )?(?:mit zustimmung|nach absprache|vereinbart)|" +
    "sin pvp|pvp(?: es)? prohibido|(?:peleas?|combates?)(?: entre jugadores)? (?:es|son|is) (?:solo )?(?:acordad[oa]s?|de acuerdo|con (?:acuerdo|permiso))",
);

/** The last word stands; null where nothing was said. */
export function readFights(clauses: readonly Clause[]): FightRule | null {
  return clauses.reduce<FightRule | null>((before, { text }) => {
    if (has(text, agreed) || isDenied(text, free)) return "agreed";
    return isSaid(text, free) ? "free" : before;
  }, null);
}
