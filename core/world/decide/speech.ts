import { splitTarget } from "../../command/parse.ts";
import type { Facts, OnlineCharacter } from "../facts.ts";
import { bare, bodyNamed } from "../find.ts";
import { tellId } from "../input-id.ts";
import { hearers, hearingM, othersWithin } from "../perception.ts";
import { type Act, type Decision, refuse, telling } from "../scene.ts";
import { listed } from "../words.ts";
import { isStatueMeant, isStatueNear, tellStatue } from "./statue.ts";

export function decideSay(act: Act): Decision {
  return aloud(act, { manner: "say", you: "You say", they: "says" });
}

export function decideShout(act: Act): Decision {
  return aloud(act, { manner: "shout", you: "You shout", they: "shouts" });
}

type Manner = { manner: "say" | "shout"; you: string; they: string };

function aloud({ scene, actor, rest: message }: Act, { manner, you, they }: Manner): Decision {
  if (message === "") return refuse(actor, `What do you want to ${manner}?`);
  const metadata = { sender_id: actor.id, sender_name: actor.name, message, manner };
  return {
    events: [{ type: "spoke", characterId: actor.id, manner, text: message }],
    tell: () => [
      telling(actor.id, "speech_self", `${you}: "${message}"`, metadata),
      ...hearers(scene, actor, manner).map(({ id }) =>
        telling(id, "speech", `${actor.name} ${they}: "${message}"`, metadata),
      ),
    ],
  };
}

export function decideEmote({ scene, actor, rest }: Act): Decision {
  if (rest === "") return refuse(actor, "What do you do? Try `emote waves`.");
  const text = `${actor.name} ${rest}`;
  return {
    events: [{ type: "spoke", characterId: actor.id, manner: "emote", text: rest }],
    tell: () => [
      telling(actor.id, "emote", text, { source: actor.name }),
      ...othersWithin(scene, actor.position, hearingM.say, actor.id).map(({ id }) =>
        telling(id, "emote", text, { source: actor.name }),
      ),
    ],
  };
}

export function decideWhisper({ scene, actor, rest }: Act): Decision {
  const { target, words: message } = splitTarget(rest);
  if (target === "" || message === "") return refuse(actor, "Whisper what to whom? Try `whisper Ana hello`.");
  const near = othersWithin(scene, actor.position, hearingM.whisper, actor.id).filter(({ role }) => role !== "watcher");
  const listener = bodyNamed(near, target);
  if (!listener) return refuse(actor, `Nobody called "${target}" is near enough to hear you whisper.`);
  const metadata = {
    sender_id: actor.id,
    sender_name: actor.name,
    message,
    recipient_id: listener.id,
    recipient: listener.name,
  };
  return {
    events: [{ type: "spoke", characterId: actor.id, manner: "whisper", text: message, toCharacterId: listener.id }],
    tell: () => [
      telling(actor.id, "whisper_self", `You whisper to ${listener.name}: "${message}"`, metadata),
      telling(listener.id, "whisper", `${actor.name} whispers to you: "${message}"`, metadata),
    ],
  };
}

export function decideTell(act: Act, facts: Facts): Decision {
  const { actor, scene } = act;
  const { target, words } = splitTarget(act.rest.replace(/^(?:to )?(?:the )?(?:marble )?statue\b/iu, "statue"));
  if (isStatueMeant(scene, actor, target)) return tellStatue(act, words === "" ? "hello" : words, { isReply: false });
  if (target === "" || words === "") return refuse(actor, "Tell what to whom? Try `tell Ana hello`.");
  const candidates = (facts.online ?? []).filter(({ userId }) => userId !== actor.userId);
  const meant = whoIsMeant(candidates, target);
  if (meant.length === 0) {
    const isSelf = (facts.online ?? []).some(({ userId }) => userId === actor.userId);
    return refuse(actor, isSelf ? "You talk to yourself for a while." : `Nobody called "${target}" is online.`);
  }
  if (meant.length > 1) {
    return refuse(
      actor,
      `There are several: ${listed(meant.map(({ username }) => username))}. Use the player's own name.`,
    );
  }
  return tellTo(act, meant[0] as OnlineCharacter, words);
}

export function decideReply(act: Act, facts: Facts): Decision {
  const { actor, scene } = act;
  const isForStatue = actor.replyTo === null && facts.knowsStatue === true && isStatueNear(scene, actor);
  if (isForStatue && act.rest !== "") return tellStatue(act, act.rest, { isReply: true });
  if (isForStatue) return refuse(actor, "What do you want to reply to the statue?");
  if (actor.replyTo === null) return refuse(actor, "Nobody has told you anything yet.");
  if (act.rest === "") return refuse(actor, `What do you want to reply to ${actor.replyTo.name}?`);
  const target = facts.online?.find(({ characterId }) => characterId === actor.replyTo?.characterId);
  if (!target) return refuse(actor, `${actor.replyTo.name} is no longer online.`);
  return tellTo(act, target, act.rest);
}

/** A username is one player's own; a character's name may be that of several. */
function whoIsMeant(online: readonly OnlineCharacter[], target: string): OnlineCharacter[] {
  const wanted = bare(target);
  const byUsername = online.filter(({ username }) => username.toLowerCase() === wanted);
  const found =
    byUsername.length > 0 ? byUsername : online.filter(({ characterName }) => bare(characterName) === wanted);
  return [...new Map(found.map((one) => [one.userId, one])).values()];
}

function tellTo({ scene, actor, inputId }: Act, to: OnlineCharacter, message: string): Decision {
  const metadata = {
    sender_id: actor.id,
    sender_name: actor.name,
    message,
    recipient_id: to.characterId,
    recipient: to.characterName,
  };
  const toSelf = telling(actor.id, "tell_self", `You tell ${to.characterName}: "${message}"`, metadata);
  if (scene.state.bodies.has(to.characterId)) {
    return {
      events: [{ type: "spoke", characterId: actor.id, manner: "tell", text: message, toCharacterId: to.characterId }],
      tell: () => [toSelf, telling(to.characterId, "tell", `${actor.name} tells you: "${message}"`, metadata)],
    };
  }
  const messageId = tellId(inputId);
  return {
    events: [
      {
        type: "messageSent",
        messageId,
        message: {
          toWorldId: to.worldId,
          input: {
            type: "hear",
            id: messageId,
            fromWorldId: scene.place.id,
            toCharacterId: to.characterId,
            sender: { characterId: actor.id, userId: actor.userId, name: actor.name },
            text: message,
          },
        },
      },
    ],
    tell: () => [toSelf],
  };
}
