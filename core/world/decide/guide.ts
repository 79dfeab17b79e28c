import type { Guide } from "../../protocol/life.ts";
import { begunGuide, nextStep, skipStep, welcome } from "../guide.ts";
import { type Act, answer, type Decision, refuse, telling } from "../scene.ts";

export function decideGuide({ scene, actor, rest }: Act): Decision {
  switch (rest.toLowerCase()) {
    case "":
      return tellWhereItIs({ scene, actor });
    case "next":
    case "skip":
      return skipStep(scene, actor) ?? answer(actor, "system", "The guide has nothing more to tell you here.");
    case "off":
      return switched({ scene, actor }, { ...(actor.life?.guide ?? begunGuide(scene.place.id)), isOn: false });
    case "on":
      return switched({ scene, actor }, begunGuide(scene.place.id));
    default:
      return refuse(actor, "Say `guide` for the hint again, `guide next` for the next one, `guide off` or `guide on`.");
  }
}

type Here = Pick<Act, "scene" | "actor">;

function tellWhereItIs({ scene, actor }: Here): Decision {
  if (nextStep(scene, actor)) return { events: [], tell: (after) => welcome(after, actor) };
  const isOn = actor.life?.guide?.isOn ?? false;
  const text = isOn
    ? "The guide has nothing more to tell you here. It goes on elsewhere."
    : "The guide is off. `guide on` begins it anew.";
  return answer(actor, "system", text);
}

function switched({ actor }: Here, guide: Guide): Decision {
  if (!guide.isOn && !actor.life?.guide?.isOn) return answer(actor, "system", "The guide is off already.");
  return {
    events: [{ type: "guided", characterId: actor.id, guide }],
    tell: (after) =>
      guide.isOn
        ? welcome(after, after.state.bodies.get(actor.id) ?? actor)
        : [telling(actor.id, "system", "The guide is off. `guide on` begins it anew, and `help` is always there.")],
  };
}
