import { seededEntropy } from "#adapters/memory/entropy.ts";
import { templateOf } from "#core/character/attributes.ts";
import { type CharacterId, type ConnectionId, type InputId, lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { Characters } from "#core/ports/characters.ts";
import type { WireProtocol, WorldInput } from "#core/protocol/world-input.ts";
import type { Rng } from "#core/sim/rng.ts";
import { configFromEnv } from "#functions/config.ts";
import { handleMessage, type MessageContext } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import { characterId, characterRecord, sessionId, userId } from "#tests/support/records.ts";
import { remote } from "./network.ts";
import type { SimProcess } from "./process.ts";
import { fieldId } from "./stores.ts";
import type { Setting } from "./worker.ts";

const config = configFromEnv({ COMMANDS_BURST: "100000", COMMANDS_PER_SECOND: "10000" });
const nameOf = (number: number): string => `Bot${number}`;
const otherId = (number: number): CharacterId => characterId(100 + number);
const reconnectMs = { min: 20, max: 300 };

export type Command = {
  readonly id: string;
  readonly text: string;
  /** How often it has tried to go to another world before. */
  readonly leg: number;
  readonly sends: { readonly atMs: number; readonly connectionId: ConnectionId }[];
  /** When and where it came to a stream, and whether its character was there then, with all its journeys behind it. */
  landed: { readonly atMs: number; readonly worldId: WorldId; readonly wasThere: boolean } | null;
  isTold: boolean;
};

export type Bot = {
  /** The one it began as, and the one it is in the field, if it has one there. */
  readonly characterIds: readonly CharacterId[];
  readonly connectionId: ConnectionId | null;
  readonly sendsAgain: boolean;
  readonly username: string;
  readonly commands: readonly Command[];
  readonly isOnline: boolean;
  /** Nothing it has sent is still on its way to a stream. */
  readonly isIdle: boolean;
  /** From now on it keeps connected. */
  start(): void;
  type(text: string): void;
  /** The link breaks. */
  drop(): void;
  /** Sends again what it was not told of. */
  insist(): void;
  /** An input has come to its stream. */
  landed(worldId: WorldId, input: WorldInput): void;
  /** Does not connect again. */
  end(): void;
};

type EdgeContext = MessageContext & { readonly characters: Characters };
type Entering = {
  readonly number: number;
  readonly id: ConnectionId;
  readonly protocol: WireProtocol;
  readonly characterId: CharacterId;
};
/** What kind of player it is. */
export type Kind = {
  readonly protocol: WireProtocol;
  /** It has somebody of its own in the field, and goes on as that one there. */
  readonly hasOther: boolean;
};
type Options = {
  readonly number: number;
  readonly kind: Kind;
  readonly edge: SimProcess;
  readonly random: Rng;
  readonly isHasty: boolean;
};

/**
 * A player behind the real functions, who reconnects. On `thousand-worlds.v1` it names its commands, resumes, and sends again; without it,
 * nor where it goes on as another character, what it has typed it types no second time.
 */
export function createBot(setting: Setting, { number, kind, edge, random, isHasty }: Options): Bot {
  const { scheduler, stores } = setting;
  const username = nameOf(number);
  const own = characterId(number);
  const row = {
    homeWorldId: lobbyWorldId,
    worldId: lobbyWorldId,
    name: `Ana ${number}`,
    position: { x: 5, y: 2, z: 0 },
  };
  stores.beget(characterRecord(number, { ...row, attributes: templateOf("Human") }));
  const other = { ...row, homeWorldId: fieldId, worldId: fieldId, name: `Elder ${number}`, userId: userId(number) };
  if (kind.hasOther) stores.beget(characterRecord(100 + number, { ...other, attributes: templateOf("Human") }));
  const characterIds = kind.hasOther ? [own, otherId(number)] : [own];
  const isV1 = kind.protocol === "v1";
  // As another character it would be another command.
  const sendsAgain = isV1 && !kind.hasOther;
  const ctx = edgeContext(setting, edge, number);
  const commands: Command[] = [];
  let connectionId: ConnectionId | null = null;
  let sockets = 0;
  let lastSeq = 0;
  let underWay = 0;
  let legs = 0;
  let hasEnded = false;
  let mustInsist = false;
  let before: Promise<unknown> = Promise.resolve();

  const invoke = (work: () => Promise<unknown>): Promise<void> => {
    underWay++;
    return work().then(
      () => void underWay--,
      () => void underWay--,
    );
  };
  const sendFrame = (frame: object): void => {
    const requestContext = { connectionId: connectionId ?? "", requestId: "request" };
    const work = () => handleMessage(ctx, config, { requestContext, body: JSON.stringify(frame) });
    if (isHasty) void invoke(work);
    else before = before.then(() => invoke(work));
  };
  const send = (command: Command): void => {
    if (connectionId === null) return;
    command.sends.push({ atMs: scheduler.nowMs(), connectionId });
    sendFrame({ type: "command", data: { text: command.text, ...(isV1 && { id: command.id }) } });
  };

  const connect = async (): Promise<void> => {
    if (connectionId !== null || hasEnded) return;
    const id = `${username}-${++sockets}` as ConnectionId;
    const as = characterIds[random.int(characterIds.length)]!;
    if (!(await hasEntered(ctx, stores, { number, id, protocol: kind.protocol, characterId: as }))) return reconnect();
    stores.gateway.open(id, { receive, closed: () => closed(id) });
    connectionId = id;
    if (sendsAgain && lastSeq > 0 && random.float() < 0.7) sendFrame({ type: "resume", data: { after: lastSeq } });
    const isInsistent = sendsAgain && (mustInsist || random.float() < 0.3);
    for (const command of commands) if (!command.isTold && (isInsistent || command.sends.length === 0)) send(command);
  };
  const reconnect = (): void => {
    const { min, max } = reconnectMs;
    if (!hasEnded) scheduler.after(min + random.float() * (max - min), () => void invoke(connect));
  };
  const closed = (id: ConnectionId): void => {
    if (connectionId === id) connectionId = null;
    const requestContext = { connectionId: id, requestId: "request", disconnectStatusCode: 1006 };
    void invoke(() => handleDisconnect(ctx, { requestContext }));
    reconnect();
  };
  const receive = (frame: string): void => {
    for (const line of frame.split("\n")) {
      lastSeq = Math.max(lastSeq, Number(/"seq":(\d+)/u.exec(line)?.[1] ?? 0));
      const words = /"type":"(?:speech|tell)_self".*"message":"([^"]+)"/u.exec(line)?.[1];
      if (words === undefined) continue;
      for (const command of commands) if (command.text.endsWith(` ${words}`)) command.isTold = true;
    }
  };

  return {
    characterIds,
    sendsAgain,
    username,
    commands,
    get connectionId() {
      return connectionId;
    },
    get isOnline() {
      return connectionId !== null;
    },
    get isIdle() {
      return underWay === 0;
    },
    start: () => void invoke(connect),
    type(text) {
      if (/^(?:enter|lobby)/u.test(text)) legs++;
      const command = { id: `c${commands.length}`, text, leg: legs, sends: [], landed: null, isTold: false };
      commands.push(command);
      send(command);
    },
    drop() {
      if (connectionId !== null) stores.gateway.close(connectionId);
    },
    insist() {
      // A socket that a worker gave up and could not close learns so by its next frame.
      if (connectionId !== null) sendFrame({ type: "ping" });
      if (!sendsAgain) return;
      mustInsist = true;
      for (const command of commands) if (!command.isTold) send(command);
    },
    landed(worldId, input) {
      if (input.type !== "command") return;
      const command = commands.find(({ id, text, landed }) =>
        isV1
          ? characterIds.some((each) => input.id === `${each}:${id}`)
          : landed === null && input.text === text && characterIds.includes(input.characterId),
      );
      const character = stores.tables.characters.get(own);
      if (!command) return;
      const isHere = character?.worldId === worldId && character.hasArrived;
      const wasThere = isHere && character.travels === command.leg;
      command.landed ??= { worldId, atMs: scheduler.nowMs(), wasThere };
    },
    end() {
      hasEnded = true;
    },
  };
}

/** As `$connect` lets somebody in, without the questions of who he is. */
async function hasEntered(
  ctx: EdgeContext,
  stores: Setting["stores"],
  { number, id, protocol, characterId: as }: Entering,
): Promise<boolean> {
  try {
    const character = await ctx.characters.get(as);
    if (character === null) return false;
    const { id: own, userId: owner, worldId, travels, name } = character;
    const bound = {
      id,
      userId: owner,
      username: nameOf(number),
      characterId: own,
      characterName: name,
      worldId,
      travels,
    };
    const connection = {
      ...bound,
      sessionId: sessionId(number),
      protocol,
      connectedAtMs: ctx.clock.nowMs(),
    };
    const previous = await ctx.connections.add(connection);
    if (previous) stores.gateway.close(previous.id);
    const input = { id: ctx.entropy.uuid() as InputId, connectionId: id, userId: owner, characterId: own } as const;
    await ctx.inputs.append(worldId, { ...input, type: "connected", protocol, travels });
    return true;
  } catch {
    await ctx.connections.remove(id).catch(() => null);
    return false;
  }
}

/** The functions as one process that never dies: their own deaths are lost messages. */
function edgeContext({ network, broker, stores }: Setting, edge: SimProcess, number: number): EdgeContext {
  return {
    clock: edge.clock,
    entropy: seededEntropy(1000 + number),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    characters: remote(network, edge, "database", stores.characters),
    sessions: { get: async (id) => ({ id, userId: userId(number), createdAtMs: 0, expiresAtMs: Infinity }) },
    connections: remote(network, edge, "registry", stores.connections),
    clients: stores.gateway.clients,
    inputs: broker.inputs(edge),
  };
}
