import * as z from "zod";
import type { CharacterId, ConnectionId, InputId, NpcId, UserId, WorldId } from "../lib/ids.ts";
import { life } from "./life.ts";

const id = <T extends string>() => z.string().min(1).max(200) as unknown as z.ZodType<T>;

/** How a connection wants its frames. */
export const wireProtocols = ["legacy", "v1"] as const;
export type WireProtocol = (typeof wireProtocols)[number];

/** What travels with someone from one world to another. */
export const traveller = z.object({
  characterId: id<CharacterId>(),
  userId: id<UserId>(),
  homeWorldId: id<WorldId>(),
  travels: z.int(),
  name: z.string(),
  role: z.enum(["player", "watcher", "admin"]),
  species: z.string(),
  appearance: z.string().nullable(),
  description: z.string().nullable(),
  attributes: z.record(z.string(), z.number()).nullable(),
  isFlying: z.boolean(),
  stamina: z.number().nullable(),
  /** Left; null or absent where it is whole. */
  health: z.number().nullish(),
  /** All that it has and knows: there is no other copy that counts. */
  life: life.nullish(),
  /** Whom of those who live in its home it is. */
  npcId: id<NpcId>().optional(),
  /** What was done already is not done again in the next world. */
  recentCommandIds: z.array(z.string()).optional(),
});
export type Traveller = z.infer<typeof traveller>;

/** Game seconds per real second, at most and at least; in steps of a thousandth. */
export const dilationMin = 0.1;
export const dilationMax = 100;
export const dilation = z.number().min(dilationMin).max(dilationMax);

/** What somebody wants of a world's clock. */
export const clockChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pause") }),
  z.object({ kind: z.literal("resume") }),
  z.object({ kind: z.literal("dilation"), dilation }),
]);
export type ClockChange = z.infer<typeof clockChange>;

/** Who wants it. Whether he may has been checked by whoever sends it. */
export const clockChanger = z.object({
  userId: id<UserId>(),
  characterId: id<CharacterId>().optional(),
  isSystem: z.boolean().optional(),
});
export type ClockChanger = z.infer<typeof clockChanger>;

/** Larger ones no connection lives to see. */
export const numberMax = 2 ** 31;

/** What the owner restores the order of a connection's frames by. */
const inOrder = {
  /** Counts them from 1: in the order in which they were taken, or, where the client counts for itself, were sent. 0: whenever it comes. */
  number: z.int().min(0).max(numberMax),
  /** When the gateway had it, by its clock: goes before the number where that was drawn by invocations that overtake each other. */
  sentAtMs: z.number().optional(),
  /** It waits this long for one that was sent before it and has no number yet. */
  settleMs: z.number().optional(),
  /** It waits this long for numbers before its own that have not come; the usual window where it is not said. */
  patienceMs: z.number().optional(),
};

export const usedNumbersMax = 256;

/** Where the connection comes from another world. */
const fromElsewhere = {
  /** The number of the first frame that was not applied there. */
  nextNumber: z.int().min(1).optional(),
  /** Later ones that were: nobody need wait for them. */
  usedNumbers: z.array(z.int()).max(usedNumbersMax).optional(),
};

/**
 * Everything that can happen to a world from outside, on its durable stream `world.input.<id>`. `id` is the key of deduplication.
 */
export const worldInput = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("connected"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    userId: id<UserId>(),
    characterId: id<CharacterId>(),
    protocol: z.enum(wireProtocols),
    /** The character's journeys, as the row counted them by which the connection was registered. */
    travels: z.int().optional(),
    ...fromElsewhere,
  }),
  z.object({
    type: z.literal("disconnected"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    characterId: id<CharacterId>(),
    /** Of the last frame that was taken of it: what comes before it may still be under way. */
    lastNumber: z.int().min(0).optional(),
    /** The link broke and may come back: the character stays a while. */
    mayReturn: z.boolean(),
  }),
  z.object({
    type: z.literal("command"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    characterId: id<CharacterId>(),
    ...inOrder,
    text: z.string(),
    /** It is sent on by this world, which is told `settled`. */
    fromWorldId: id<WorldId>().optional(),
    /** The client's own name for the command, if it gave one. */
    commandId: z.string().optional(),
  }),
  z.object({
    type: z.literal("resume"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    characterId: id<CharacterId>(),
    ...inOrder,
    after: z.int().min(0),
  }),
  /** Someone comes from another world. Answered with `settled` once it is committed. */
  z.object({
    type: z.literal("arrive"),
    id: id<InputId>(),
    fromWorldId: id<WorldId>(),
    traveller,
    /** The socket it comes with, if someone is connected. */
    connectionId: id<ConnectionId>().optional(),
    ...fromElsewhere,
  }),
  /** Words from another world for someone here. Answered with `settled`. */
  z.object({
    type: z.literal("hear"),
    id: id<InputId>(),
    fromWorldId: id<WorldId>(),
    toCharacterId: id<CharacterId>(),
    sender: z.object({ characterId: id<CharacterId>(), userId: id<UserId>(), name: z.string() }),
    text: z.string(),
  }),
  /** The world that a message was sent to has it. */
  z.object({ type: z.literal("settled"), id: id<InputId>(), messageId: id<InputId>() }),
  /** What the statue says to somebody here, who is in an interview with it. */
  z.object({
    type: z.literal("statueSpoke"),
    id: id<InputId>(),
    toCharacterId: id<CharacterId>(),
    text: z.string(),
    interviewId: z.string().optional(),
    isFirst: z.boolean(),
    isCompleted: z.boolean(),
  }),
  /** To the lobby: somebody's world is there now. */
  z.object({
    type: z.literal("worldMade"),
    id: id<InputId>(),
    userId: id<UserId>(),
    world: z.object({ worldId: id<WorldId>(), name: z.string() }),
  }),
  /** Stops the world's time, lets it go on, or makes it run faster or slower. */
  z.object({ type: z.literal("setClock"), id: id<InputId>(), by: clockChanger, change: clockChange }),
  /** Lets so much game time pass at once. */
  z.object({ type: z.literal("simulate"), id: id<InputId>(), by: clockChanger, gameMs: z.int().min(1) }),
  /** The world is to end: it sends everyone to the lobby, and then it is no more. */
  z.object({ type: z.literal("delete"), id: id<InputId>(), by: clockChanger }),
]);

export type WorldInput = z.infer<typeof worldInput>;
export type InputOf<T extends WorldInput["type"]> = Extract<WorldInput, { type: T }>;
