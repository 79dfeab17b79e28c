import { splitTarget } from "../../command/parse.ts";
import type { CharacterId, InputId } from "../../lib/ids.ts";
import { plainText } from "../../lib/text.ts";
import type { Facts } from "../facts.ts";
import { npcNamed } from "../find.ts";
import { answerOf, topicsOf } from "../inhabitants/answer.ts";
import { npcsInSight } from "../inhabitants/describe.ts";
import { inhabitantsOf, type Npc, npcById } from "../inhabitants/inhabitants.ts";
import type { Body, Talk } from "../model.ts";
import { earshotM, othersWithin } from "../perception.ts";
import { type Act, type Decision, refuse, type Scene, type Telling, telling } from "../scene.ts";
import { distanceM, type Position } from "../space.ts";
import { weatherWords } from "../weather/describe.ts";

/** Talks in which somebody thinks before he answers; past that they answer at once, from what they know by heart. */
export const openTalksMax = 32;
/** Of real time. Whoever has not thought of anything by then says what he knows by heart. */
export const thinkingMsMax = 10_000;
export const spokenCharsMax = 400;

/** The owner's own wish: what a model has somebody say, or null where it has nothing to say. */
export type NpcAnswer = {
  readonly type: "npcAnswer";
  readonly id: InputId;
  readonly talkId: InputId;
  readonly text: string | null;
};

/** Words to somebody who lives here. Those within earshot hear them, and the answer. */
export function decideTalk(act: Act, { canThink = false }: Facts): Decision {
  const { scene, actor, inputId } = act;
  const { target, words } = splitTarget(act.rest.replace(/^(?:to|with)\s+/iu, ""));
  if (target === "") return refuse(actor, "Talk to whom? Try `talk`, a name you see, and what you want to say.");
  const npc = npcNamed(npcsInSight(scene, actor), target);
  if (npc === null) return refuse(actor, nobodyThere(scene, actor, target));
  const { id: npcId, name } = npc.person;
  if (distanceM(scene.place.spec, actor.position, npc.position) > earshotM(scene, actor.position, "say"))
    return refuse(actor, `${name} is too far away to hear you.`);
  if (npc.doing === "asleep") return refuse(actor, `${name} is asleep.`);

  const talk: Talk = { id: inputId, characterId: actor.id, npcId, text: words, atMs: scene.nowMs };
  const said = (after: Scene) => toldOfWords(after, { actor, npc, words });
  if (canThink && mayThink(scene, actor.id)) return { events: [{ type: "talked", talk }], tell: said };
  const answered = answer(scene, talk, null);
  return {
    events: [{ type: "talked", talk }, ...answered.events],
    tell: (after) => [...said(after), ...answered.tell(after)],
  };
}

const mayThink = ({ state }: Scene, id: CharacterId): boolean => {
  const open = [...(state.talks?.values() ?? [])];
  return open.length < openTalksMax && open.every(({ characterId }) => characterId !== id);
};

/** A model has answered, or could not. */
export function decideNpcAnswer(scene: Scene, { talkId, text }: NpcAnswer): Decision {
  const talk = scene.state.talks?.get(talkId);
  return talk ? answer(scene, talk, text) : { events: [], tell: () => [] };
}

/** Whoever has thought for too long says what he knows by heart. */
export function endThinking(scene: Scene): Decision {
  const late = [...(scene.state.talks?.values() ?? [])].filter(({ atMs }) => scene.nowMs - atMs >= thinkingMsMax);
  const decisions = late.map((talk) => answer(scene, talk, null));
  return {
    events: decisions.flatMap(({ events }) => events),
    tell: (after) => decisions.flatMap(({ tell }) => tell(after)),
  };
}

function answer(scene: Scene, talk: Talk, thought: string | null): Decision {
  const npc = npcById(scene, talk.npcId);
  const words = thought === null ? "" : plainText(thought).trim().slice(0, spokenCharsMax);
  const text = words === "" && npc !== null ? byHeart(scene, talk, npc) : words;
  return {
    events: [
      {
        type: "answered",
        talkId: talk.id,
        npcId: talk.npcId,
        text,
        by: words === "" ? "heart" : "model",
        to: { characterId: talk.characterId, words: talk.text },
      },
    ],
    tell: (after) => (npc === null ? [] : toldOfAnswer(after, { talk, npc, text })),
  };
}

function byHeart(scene: Scene, talk: Talk, npc: Npc): string {
  const { society } = inhabitantsOf(scene.place);
  const speaker = scene.state.bodies.get(talk.characterId)?.name ?? "stranger";
  return answerOf({
    society,
    person: npc.person,
    speaker,
    words: talk.text,
    weather: weatherWords(scene, npc.position),
    draw: talk.atMs,
  });
}

type Words = { readonly actor: Body; readonly npc: Npc; readonly words: string };

function toldOfWords(scene: Scene, { actor, npc, words }: Words): Telling[] {
  const { id, name } = npc.person;
  const metadata = { sender_id: actor.id, sender_name: actor.name, message: words, recipient_id: id, recipient: name };
  const [you, they] =
    words === ""
      ? [`You turn to ${name}.`, null]
      : [`You say to ${name}: "${words}"`, `${actor.name} says to ${name}: "${words}"`];
  return [
    telling(actor.id, "speech_self", you, metadata),
    ...(they === null
      ? []
      : heardBy(scene, actor.position, actor.id).map((to) => telling(to, "speech", they, metadata))),
  ];
}

type Answer = { readonly talk: Talk; readonly npc: Npc; readonly text: string };

/** Whoever asked hears it also from farther away by now, unless he is gone. */
function toldOfAnswer(scene: Scene, { talk, npc, text }: Answer): Telling[] {
  const { id, name } = npc.person;
  const { society } = inhabitantsOf(scene.place);
  const available = topicsOf(society, npc.person);
  const spoken = `${name} says: "${text}"`;
  const metadata = { sender_id: id, sender_name: name, message: text };
  const asked = scene.state.bodies.has(talk.characterId)
    ? [telling(talk.characterId, "dialogue", spoken, { npcName: name, npcID: id, dialogue: text, available })]
    : [];
  const others = heardBy(scene, npc.position, talk.characterId);
  return [...asked, ...others.map((to) => telling(to, "speech", spoken, metadata))];
}

const heardBy = (scene: Scene, from: Position, except: CharacterId): CharacterId[] =>
  othersWithin(scene, from, earshotM(scene, from, "say"), except).map(({ id }) => id);

function nobodyThere(scene: Scene, actor: Body, target: string): string {
  const others = othersWithin(scene, actor.position, earshotM(scene, actor.position, "say"), actor.id);
  const player = others.find(({ name, role }) => role !== "watcher" && name.toLowerCase() === target.toLowerCase());
  return player
    ? `Say it with \`say\` or \`whisper\`: ${player.name} is a player.`
    : `You see nobody called "${target}" to talk to.`;
}
