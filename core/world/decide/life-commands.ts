import type { CommandName } from "../../command/registry.ts";
import type { fightingCommands } from "../../command/table/fighting.ts";
import type { thingCommands } from "../../command/table/things.ts";
import { unreachable } from "../../lib/assert.ts";
import type { Act, Decision } from "../scene.ts";
import { decideAttack, decideDefend, decideFlee } from "./fight.ts";
import { decideOpen, decidePut } from "./things/containers.ts";
import { decideCraft } from "./things/craft.ts";
import { decideDrop } from "./things/drop.ts";
import { decideGather } from "./things/gather.ts";
import { decideGet } from "./things/get.ts";
import { decideGive } from "./things/give.ts";
import { decideInventory, decideSkills, decideStatus } from "./things/inventory.ts";
import { decidePush } from "./things/push.ts";
import { decideUse } from "./things/use.ts";
import { decideEquip, decideUnequip } from "./things/wear.ts";

export type LifeCommand = Extract<
  CommandName,
  (typeof thingCommands)[number]["name"] | (typeof fightingCommands)[number]["name"]
>;

/** What concerns a character's things, skills and fights. */
export function decideLife(act: Act, name: LifeCommand): Decision {
  switch (name) {
    case "get":
      return decideGet(act);
    case "drop":
      return decideDrop(act);
    case "put":
      return decidePut(act);
    case "give":
      return decideGive(act);
    case "inventory":
      return decideInventory(act);
    case "equip":
      return decideEquip(act);
    case "unequip":
      return decideUnequip(act);
    case "use":
      return decideUse(act);
    case "open":
      return decideOpen(act);
    case "push":
      return decidePush(act);
    case "gather":
      return decideGather(act);
    case "mine":
      return decideGather(act, "Mining");
    case "chop":
      return decideGather(act, "Logging");
    case "fish":
      return decideGather(act, "Fishing");
    case "hunt":
      return decideGather(act, "Hunting");
    case "craft":
      return decideCraft(act);
    case "attack":
      return decideAttack(act);
    case "defend":
      return decideDefend(act);
    case "flee":
      return decideFlee(act);
    case "status":
      return decideStatus(act);
    case "skills":
      return decideSkills(act);
    default:
      return unreachable(name);
  }
}
