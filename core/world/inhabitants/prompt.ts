import { npcReply, type Prompt } from "../../llm/prompts/prompts.ts";
import type { Talk } from "../model.ts";
import type { Scene } from "../scene.ts";
import { skyAt } from "../sky.ts";
import { weatherWords } from "../weather/describe.ts";
import { exchangesOf } from "./acquaintance.ts";
import { type Npc, inhabitantsOf, npcById } from "./inhabitants.ts";
import { appearanceOf, historyOf, plural } from "./portrait.ts";
import type { Society } from "./society.ts";

/** What a model is asked that is to find somebody's words; null for who does not live here. */
export function promptOf(scene: Scene, talk: Talk): Prompt | null {
  const npc = npcById(scene, talk.npcId);
  if (npc === null) return null;
  const { society } = inhabitantsOf(scene.place);
  const { daypart, season } = skyAt(scene.place.spec, scene.gameMs, npc.position);
  const weather = weatherWords(scene, npc.position);
  const speaker = scene.state.bodies.get(talk.characterId)?.name ?? "a stranger";
  return npcReply({
    name: npc.person.name,
    character: `${historyOf(society, npc.person)} ${appearanceOf(society, npc.person)}`,
    people: peopleWords(society, npc),
    tone: society.tone,
    moment: `${npc.doing}, ${daypart} in ${season}${weather === "" ? "" : `, ${weather}`}`,
    speaker,
    said: spoken(talk.text),
    lately: exchangesOf(scene.state.acquaintances, talk).flatMap(({ words, answer }) => [
      `${speaker}: ${spoken(words)}`,
      `you: ${answer}`,
    ]),
  });
}

const spoken = (words: string): string => (words === "" ? "(turns to you without a word)" : words);

function peopleWords(society: Society, { person }: Npc): string {
  const { name, values, politics, economy, faiths, taboos } = society.peoples[person.people]!;
  const parts = [
    `The ${plural(name)} of ${society.settlements[person.people]}.`,
    values.length > 0 ? `They hold dear: ${values.join(", ")}.` : "",
    politics === "" ? "" : `Led by: ${politics}.`,
    economy === "" ? "" : `They live by: ${economy}.`,
    faiths.length > 0 ? `Faiths: ${faiths.join(", ")}.` : "",
    taboos.length > 0 ? `Never: ${taboos.join(", ")}.` : "",
    society.conflicts.length > 0 ? `Troubles: ${society.conflicts.join("; ")}.` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
