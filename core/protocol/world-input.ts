import * as z from "zod";
import type { CharacterId, ConnectionId, InputId, UserId, WorldId } from "../lib/ids.ts";

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
  /** What was done already is not done again in the next world. */
  recentCommandIds: z.array(z.string()).optional(),
});
export type Traveller = z.infer<typeof traveller>;

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
    /** The number of the next command, where the connection comes from another world. */
    nextNumber: z.int().min(1).optional(),
  }),
  z.object({
    type: z.literal("disconnected"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    characterId: id<CharacterId>(),
    /** The link broke and may come back: the character stays a while. */
    mayReturn: z.boolean(),
  }),
  z.object({
    type: z.literal("command"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    characterId: id<CharacterId>(),
    /** Counts the commands of this connection from 1: the owner restores their order by it. 0 for what a world sends on: it is in order. */
    number: z.int().min(0),
    text: z.string(),
    /** The client's own name for the command, if it gave one. */
    commandId: z.string().optional(),
  }),
  z.object({
    type: z.literal("resume"),
    id: id<InputId>(),
    connectionId: id<ConnectionId>(),
    characterId: id<CharacterId>(),
    number: z.int().min(1),
    after: z.int().min(0),
  }),
  /** Someone comes from another world. Answered with `settled` once it is committed. */
  z.object({
    type: z.literal("arrive"),
    id: id<InputId>(),
    fromWorldId: id<WorldId>(),
    traveller,
    /** The socket it comes with, and the number of that one's next command, if someone is connected. */
    connectionId: id<ConnectionId>().optional(),
    nextNumber: z.int().min(1).optional(),
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
]);

export type WorldInput = z.infer<typeof worldInput>;
export type InputOf<T extends WorldInput["type"]> = Extract<WorldInput, { type: T }>;
