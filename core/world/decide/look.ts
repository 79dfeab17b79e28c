import { paceOf } from "../clock.ts";
import type { Facts } from "../facts.ts";
import { bare, bodyNamed, compassIn, featureNamed, npcNamed } from "../find.ts";
import { describeBody, describeDirection, describeFeature, describePlace, featuresInSight } from "../describe.ts";
import { describeSky, describeTime } from "../describe-time.ts";
import { describeNpc, npcsInSight } from "../inhabitants/describe.ts";
import { mapOf } from "../mini-map.ts";
import { placeMetadata } from "../place-metadata.ts";
import { inSight } from "../perception.ts";
import { isForModels, sceneryOf, wordsOf } from "../prose/scenery.ts";
import { type Act, answer, type Decision, refuse } from "../scene.ts";
import { moonsAt, skyAt } from "../sky.ts";
import { describeItem, thingsInSight } from "../things/describe.ts";
import { pickOne } from "../things/pick.ts";
import { decideOpen } from "./things/containers.ts";
import { animalNamed, describeAnimal } from "../wildlife/describe.ts";
import { animalsInSight } from "../wildlife/in-sight.ts";

export function decideLook(act: Act, { prose }: Facts): Decision {
  const { scene, actor, rest } = act;
  const [, within] = /^(?:in|into|inside)\s+(.+)$/iu.exec(rest) ?? [];
  if (within !== undefined) return decideOpen({ ...act, rest: within });
  const what = rest.replace(/^(?:at|to|towards?)\s+/iu, "").trim();
  const lower = bare(what);
  if (lower === "" || lower === "around" || lower === "here") {
    const text = describePlace(scene, actor, prose);
    const told = answer(actor, "area_description", text, placeMetadata(scene, actor.position));
    if (prose === undefined || !isForModels(scene)) return told;
    const scenery = sceneryOf(scene, actor.position);
    return prose.has(wordsOf(scenery)) ? told : { ...told, glance: { userId: actor.userId, scenery } };
  }
  if (lower === "me" || lower === "self" || lower === "myself")
    return answer(actor, "info", describeBody(scene, actor, actor));
  if (["sky", "sun", "moon", "moons", "stars"].includes(lower)) {
    if (scene.place.spec.ground === "room")
      return answer(actor, "info", "There is no sky in here, only the vaulted ceiling.");
    return answer(actor, "info", describeSky(scene, actor.position));
  }
  const direction = compassIn(lower);
  if (direction !== null) return answer(actor, "info", describeDirection(scene, actor, direction));
  if (lower === "up" || lower === "down")
    return answer(actor, "info", lower === "up" ? lookUp(scene) : lookDown(scene));

  const other = bodyNamed([actor, ...inSight(scene, actor)], what);
  if (other) return answer(actor, "info", describeBody(scene, actor, other));
  const npc = npcNamed(npcsInSight(scene, actor), what);
  if (npc) return answer(actor, "info", describeNpc(scene, actor, npc));
  const animal = animalNamed(animalsInSight(scene, actor), what);
  if (animal) return answer(actor, "info", describeAnimal(scene, actor, animal));
  const feature = featureNamed(featuresInSight(scene, actor), what);
  if (feature) return answer(actor, "info", describeFeature(scene, actor, feature));
  const near = thingsInSight(scene, actor).map((thing) => thing.item);
  const item = pickOne([...(actor.life?.items ?? []), ...near], what);
  if (item) return answer(actor, "info", describeItem(item));
  return refuse(actor, `You see no "${what}" here.`);
}

function lookUp({ place }: Act["scene"]): string {
  return place.spec.ground === "room" ? "A vaulted ceiling of pale stone." : "The open sky.";
}

function lookDown({ place }: Act["scene"]): string {
  return place.spec.ground === "room" ? "Pale flagstones, fitted without a seam." : "The ground beneath your feet.";
}

export function decideMap({ scene, actor }: Act): Decision {
  return { events: [], tell: () => [{ to: actor.id, tell: { kind: "map", map: mapOf(scene, actor) } }] };
}

export function decideTime({ scene, actor }: Act): Decision {
  const sky = skyAt(scene.place.spec, scene.gameMs, actor.position);
  const moons = moonsAt(scene.place.spec, scene.gameMs, actor.position);
  return answer(actor, "time", describeTime(scene, actor.position), {
    game_time_ms: scene.gameMs,
    time_of_day: sky.daypart,
    season: sky.season,
    season_progress: sky.seasonProgress,
    day_of_year: sky.dayOfYear,
    year: sky.year,
    hour: sky.hour,
    minute: sky.minute,
    pace: paceOf(scene.state.clock),
    moons: moons.map(({ name, phase, illumination, isUp }) => ({ name, phase, illumination, is_up: isUp })),
  });
}
