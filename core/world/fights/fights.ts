import type { CharacterId } from "../../lib/ids.ts";
import { clockTimeMs } from "../clock.ts";
import { diceAt } from "../dice.ts";
import { evolveLife, type LifeState } from "../evolve-life.ts";
import { lessonOf } from "../learn.ts";
import type { LifeEvent } from "../life-events.ts";
import type { Body } from "../model.ts";
import type { Decision, Scene, Telling } from "../scene.ts";
import { distanceM, round } from "../space.ts";
import type { Span } from "../systems.ts";
import { kindOf } from "../things/kinds.ts";
import { healthAt, healthMax } from "../vitals.ts";
import { apartM, downMs, strikeReachM, strokesPerSpanMax, wakeShare } from "./rules.ts";
import { armourOf, pauseMs, strike, weaponOf } from "./stroke.ts";
import { shownOnWaking, toldOfFall, toldOfStroke, toldOfWaking } from "./tell.ts";

/** What time brings about in fights: each stroke and each waking at its own moment, however the time in between was cut. */
export function fights(scene: Scene, { toMs }: Span): Decision {
  const bodies = concerned(scene);
  if (bodies.size === 0) return { events: [], tell: () => [] };
  const rounds = begin(scene, { bodies, things: new Map(), patches: new Map() });
  for (let strokes = 0; strokes < strokesPerSpanMax; strokes++) {
    const due = nextDue(bodies, toMs);
    if (due === null) break;
    if (due.body.downUntilGameMs !== undefined) wake(rounds, due.body, due.atMs);
    else stroke(rounds, due.body, due.atMs);
  }
  const { events, told, woken } = rounds;
  return { events, tell: (after) => [...told, ...woken.flatMap((id) => shownOnWaking(after, id))] };
}

/** Who fights, who lies senseless, and whom somebody goes for. */
function concerned({ state }: Scene): Map<CharacterId, Body> {
  const found = new Map<CharacterId, Body>();
  for (const body of state.bodies.values()) {
    if (body.fight === undefined && body.downUntilGameMs === undefined) continue;
    found.set(body.id, body);
    const target = body.fight && state.bodies.get(body.fight.targetId);
    if (target) found.set(target.id, target);
  }
  return found;
}

type Rounds = ReturnType<typeof begin>;

/** A copy of those who are concerned, which moves on with each event. */
function begin(scene: Scene, state: LifeState) {
  const events: LifeEvent[] = [];
  const told: Telling[] = [];
  const woken: CharacterId[] = [];
  return {
    scene,
    state,
    events,
    told,
    woken,
    record(...happened: LifeEvent[]): void {
      for (const event of happened) {
        evolveLife(state, event);
        events.push(event);
      }
    },
  };
}

function nextDue(bodies: ReadonlyMap<CharacterId, Body>, toMs: number): { body: Body; atMs: number } | null {
  let first: { body: Body; atMs: number } | null = null;
  for (const body of bodies.values()) {
    const atMs = body.downUntilGameMs ?? body.fight?.strikeAtGameMs;
    if (atMs === undefined || atMs > toMs) continue;
    if (first === null || atMs < first.atMs || (atMs === first.atMs && body.id < first.body.id)) first = { body, atMs };
  }
  return first;
}

function stroke(rounds: Rounds, attacker: Body, atMs: number): void {
  const { scene, state, record } = rounds;
  const target = attacker.fight && state.bodies.get(attacker.fight.targetId);
  const away = target && distanceM(scene.place.spec, attacker.position, target.position);
  if (!target || away === undefined || target.downUntilGameMs !== undefined || away > apartM)
    return record({ type: "fightEnded", characterId: attacker.id });
  record({ type: "struck", characterId: attacker.id, strikeAtGameMs: atMs + pauseMs(attacker) });
  // Whoever guards himself does not strike; who is out of reach cannot be struck yet.
  if ((attacker.guardUntilGameMs ?? 0) > atMs || away > strikeReachM) return;

  const isGuarding = (target.guardUntilGameMs ?? 0) > atMs;
  const outcome = strike(attacker, target, isGuarding, diceAt(scene, `strike ${attacker.id}`, atMs));
  const left = Math.max(0, healthAt(target, atMs) - outcome.damage);
  if (outcome.isHit)
    record({ type: "hurt", characterId: target.id, byId: attacker.id, health: { value: round(left), atGameMs: atMs } });
  learn(rounds, attacker, target, outcome.isHit, atMs);
  if (outcome.isHit) wearDown(rounds, attacker, target, atMs);
  rounds.told.push(...toldOfStroke(scene, attacker, target, { ...outcome, left: Math.floor(left), isGuarding }));
  if (left > 0) return;
  record({ type: "fell", characterId: target.id, byId: attacker.id, untilGameMs: atMs + downMs });
  for (const { id, fight } of state.bodies.values()) {
    if (fight?.targetId === target.id) record({ type: "fightEnded", characterId: id });
  }
  rounds.told.push(...toldOfFall(scene, attacker, target));
}

/** Both learn by it: one to strike, the other to get out of the way, or to bear it. */
function learn({ scene, told, record }: Rounds, attacker: Body, target: Body, isHit: boolean, atMs: number): void {
  const then = { nowMs: clockTimeMs(scene.state.clock, atMs) };
  const { skill } = weaponOf(attacker);
  const dodge = isHit ? "Defense" : "Dodge";
  const lessons = [
    lessonOf(then, attacker, { skill, action: `strike ${skill}`, difficulty: "fair" }, isHit),
    lessonOf(then, target, { skill: dodge, action: dodge, difficulty: "easy" }, !isHit),
  ];
  for (const { event, told: level } of lessons) {
    record(event);
    told.push(...level);
  }
}

/** The weapon by every hit, and one piece of what is worn. */
function wearDown({ scene, record }: Rounds, attacker: Body, target: Body, atMs: number): void {
  const armour = armourOf(target);
  const piece = armour[diceAt(scene, `wear ${target.id}`, atMs).int(Math.max(1, armour.length))];
  const used = [
    { owner: attacker, item: weaponOf(attacker).item },
    { owner: target, item: piece ?? null },
  ];
  for (const { owner, item } of used) {
    const { durability } = item ? kindOf(item) : {};
    if (!item || durability === undefined) continue;
    const wear = (item.wear ?? 0) + 1;
    if (wear >= durability) record({ type: "broken", characterId: owner.id, itemId: item.id });
    else record({ type: "worn", characterId: owner.id, itemId: item.id, wear });
  }
}

/** Where everyone begins, with what he had. */
function wake({ scene, record, told, woken }: Rounds, body: Body, atMs: number): void {
  const { position } = scene.place.spec.spawn;
  const { elevationM } = scene.place.terrain.groundAt(position.x, position.y);
  const there = { ...position, z: round(elevationM) };
  const health = { value: Math.floor(healthMax(body) * wakeShare), atGameMs: atMs };
  record({ type: "woke", characterId: body.id, position: there, health });
  told.push(...toldOfWaking(scene, body, there));
  woken.push(body.id);
}
