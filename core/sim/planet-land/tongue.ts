import { rng } from "../rng.ts";

// Names out of syllables. Each seed has a tongue of its own: some of the sounds, and how it likes to end; so the names of one planet sound alike.

const onsets = "b br c d dr f g gr h k kh l m n p r s sh st t th tr v y z".split(" ");
const vowels = "a a e e i o o u ae ai ei ia ou".split(" ");
const codas = "n r l s m th nd rn sk".split(" ");
const endings = "a en is or un ia eth ar o al".split(" ");

/** Draws names, none twice. The same seed gives the same names in the same order. */
export function createTongue(seed: number): () => string {
  const random = rng(seed, "tongue");
  const some = (sounds: readonly string[], count: number): string[] => {
    const left = [...sounds];
    return Array.from({ length: count }, () => left.splice(random.int(left.length), 1)[0]!);
  };
  const [begin, middle, close, end] = [some(onsets, 10), some(vowels, 5), some(codas, 3), some(endings, 4)];
  const one = (sounds: readonly string[]): string => sounds[random.int(sounds.length)]!;
  const given = new Set<string>();
  return () => {
    for (let length = 1; ; length++) {
      // After some tries the short names are used up.
      for (let attempt = 0; attempt < 8; attempt++) {
        let word = "";
        for (let syllable = 0; syllable < length; syllable++) {
          word += one(begin) + one(middle) + (random.float() < 0.25 ? one(close) : "");
        }
        word += one(begin) + one(end);
        const name = word.charAt(0).toUpperCase() + word.slice(1);
        if (given.has(name)) continue;
        given.add(name);
        return name;
      }
    }
  };
}
