import type { CommandSpec } from "../spec.ts";

const byHand = { group: "Things", rights: "embodied", cost: "nothing", worksWhilePaused: false } as const;
const thing = { name: "thing", kind: "thing" } as const;

const trade = <Name extends string>(name: Name, what: string) => ({
  ...byHand,
  name,
  aliases: [],
  arguments: [{ ...thing, isOptional: true }],
  help: `${what} where you stand: \`gather\`, of this kind only.`,
  cost: "stamina" as const,
});

export const thingCommands = [
  {
    ...byHand,
    name: "get",
    aliases: ["take", "grab", "pick", "pickup"],
    arguments: [thing],
    help: "Take what lies within reach, or what is in a container: `get knife`, `get 3 coins`, `get all`, `get 2.sword`, `get herbs from pouch`.",
  },
  {
    ...byHand,
    name: "drop",
    aliases: ["discard"],
    arguments: [thing],
    help: "Lay something down: `drop knife`, `drop 3 coins`, `drop all.coin`. What lies about decays: food within days, other things within a week of the world's time.",
  },
  {
    ...byHand,
    name: "put",
    aliases: ["stow"],
    arguments: [thing],
    help: "Put something into a container that you carry or that stands within reach: `put 3 coins in pouch`.",
  },
  {
    ...byHand,
    name: "give",
    aliases: ["hand"],
    arguments: [thing, { name: "who", kind: "person" }],
    help: "Give something to somebody within reach: `give knife to Ana`. Nobody is given more than is easily carried.",
  },
  {
    ...byHand,
    name: "inventory",
    aliases: ["inv", "i"],
    arguments: [],
    help: "Tell what you wear and carry, and how heavy it is.",
    worksWhilePaused: true,
  },
  {
    ...byHand,
    name: "equip",
    aliases: ["wear", "wield", "hold"],
    arguments: [thing],
    help: "Put something on or take it into your hand. What was there before goes back to what you carry.",
  },
  {
    ...byHand,
    name: "unequip",
    aliases: ["remove", "unwield"],
    arguments: [thing],
    help: "Take something off, or out of your hand: `remove cap`, `remove all`.",
  },
  {
    ...byHand,
    name: "use",
    aliases: ["consume", "activate", "eat", "drink"],
    arguments: [thing],
    help: "Eat, drink or apply something: `use salve`, `eat bread`.",
  },
  {
    ...byHand,
    name: "open",
    aliases: [],
    arguments: [thing],
    help: "Look into a container that you carry or that stands within reach.",
    worksWhilePaused: true,
  },
  {
    ...byHand,
    name: "push",
    aliases: ["pull"],
    arguments: [thing, { name: "direction", kind: "direction", isOptional: true }],
    help: "Move something that lies within reach one step: `push chest north`; without a direction the way you face.",
    cost: "stamina",
  },
  {
    ...byHand,
    name: "gather",
    aliases: ["forage", "harvest"],
    arguments: [{ ...thing, isOptional: true }],
    help: "Take what the land gives where you stand: herbs, wood, stone, ore, berries, fish. `gather` alone tells what there is. Some of it needs a tool, and what was taken takes time to grow back.",
    cost: "stamina",
  },
  trade("mine", "Break stone, clay or ore out of the ground"),
  trade("chop", "Cut wood"),
  trade("fish", "Catch fish, where there is water"),
  trade("hunt", "Go after small game"),
  {
    ...byHand,
    name: "craft",
    aliases: ["make", "build"],
    arguments: [{ ...thing, isOptional: true }],
    help: "Make something of what you carry: `craft cord`. `craft` alone lists what you could make now, `craft list` all there is.",
    cost: "stamina",
  },
] as const satisfies readonly CommandSpec[];
