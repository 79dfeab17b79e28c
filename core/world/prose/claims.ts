import { compass } from "../space.ts";

// Small models add things: a tower, a river to the north, the wrong season. What a player could act by, or find to be wrong by his next
// command, must be in the facts. Each group may be spoken of where the facts have a word of it.

const claims: readonly RegExp[] = [
  ...compass.map((direction) => new RegExp(`\\b${direction}(?:ern|wards?|erly)?\\b`, "giu")),
  /\b(?:dawn|daybreak|sunrise)s?\b/giu,
  /\bmornings?\b/giu,
  /\b(?:noon|midday)\b/giu,
  /\bafternoons?\b/giu,
  /\b(?:dusk|sunset|twilight|nightfall)s?\b/giu,
  /\bevenings?\b/giu,
  /\b(?:nights?|midnight|nocturnal)\b/giu,
  /\bspring(?:time)?\b/giu,
  /\bsummers?\b/giu,
  /\bautumns?\b/giu,
  /\bwint(?:er|ry)\w*\b/giu,
  /\b(?:rain|drizzl|shower|downpour)\w*\b/giu,
  /\b(?:snow|sleet|blizzard|hail)\w*\b/giu,
  /\b(?:fogs?|foggy|mists?|misty|haz[ey])\b/giu,
  /\b(?:storm|gale|hurricane|tempest)\w*\b/giu,
  /\b(?:droughts?|heat ?waves?)\b/giu,
  /\b(?:thunder|lightning)\w*\b/giu,
  /\b(?:clouds?|cloudy|overcast)\b/giu,
  /\b(?:moon|crescent)\w*\b/giu,
  /\bstar(?:s|ry|light|lit)?\b/giu,
  /\b(?:sun|sunlight|sunlit|sunshine)\b/giu,
  /\b(?:ice|icy|frozen|frost\w*)\b/giu,
  /\b(?:rivers?|streams?|brooks?|creeks?|waterfalls?)\b/giu,
  /\b(?:seas?|oceans?|shores?|coasts?|beach\w*)\b/giu,
  /\b(?:lakes?|ponds?)\b/giu,
  /\b(?:mountains?|peaks?|cliffs?|caves?|volcano\w*|glaciers?)\b/giu,
  /\b(?:trees?|forests?|woods?|oaks?|pines?|spruces?|beech\w*|palms?|jungles?)\b/giu,
  /\b(?:man|men|wom[ae]n|child(?:ren)?|people|villagers?|travell?ers?|figures?|someone|somebody|strangers?|voices?|soldiers?|guards?)\b/giu,
  /\b(?:birds?|birdsong|crows?|ravens?|gulls?|wol(?:f|ves)|deer|horses?|animals?|beasts?|creatures?|insects?|crickets?|dragons?)\b/giu,
  /\b(?:villages?|towns?|cit(?:y|ies)|houses?|huts?|cottages?|towers?|castles?|ruins?|walls?|roads?|paths?|bridges?|gates?|doors?|portals?|altars?|temples?|statues?|graves?)\b/giu,
  /\b(?:fires?|flames?|smoke|lanterns?|torch(?:es)?|lamps?|candles?)\b/giu,
  /\b(?:gold|coins?|treasures?|chests?|swords?|weapons?|keys?|bones?|blood|corpses?)\b/giu,
  /\d[\d.,]*/gu,
];

const inText = (claim: RegExp, text: string): ReadonlySet<string> =>
  new Set(
    Array.from(text.replaceAll(/(north|south)-(east|west)/giu, "$1$2").matchAll(claim), ([word]) => word.toLowerCase()),
  );

/** The words of a text that speak of what the facts do not. */
export function unfounded(text: string, facts: string): string[] {
  return claims.flatMap((claim) => {
    const said = inText(claim, text);
    if (said.size === 0) return [];
    const known = inText(claim, facts);
    // Numbers are facts one by one; words of a group stand for each other.
    const isFounded = /\d/u.test([...said].join("")) ? [...said].every((word) => known.has(word)) : known.size > 0;
    return isFounded ? [] : [...said];
  });
}
