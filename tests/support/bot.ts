import type { Rng } from "#core/sim/rng.ts";
import { errorFrame, type Frame, message } from "./frames.ts";
import { connect, greeted, type Player, SocketClosed } from "./player.ts";
import { type Account, newAccount } from "./rest.ts";

export type Place = { readonly worldId: string; readonly x: number; readonly y: number };
type Command = { readonly id: string; readonly text: string };

/** A player who walks, speaks and travels at random, and remembers what he was promised. */
export type Bot = {
  readonly account: Account;
  readonly rng: Rng;
  /** Where he was told that he is, in order. */
  readonly told: Place[];
  /** What he said and heard himself say. */
  readonly confirmed: string[];
  /** Sent, and not known to have been done. */
  underWay: Command[];
  lastSeq: number;
  commands: number;
};

export async function newBot(url: string, username: string, rng: Rng): Promise<Bot> {
  const account = await newAccount(url, username);
  return { account, rng, told: [], confirmed: [], underWay: [], lastSeq: 0, commands: 0 };
}

/** Plays until the link breaks. What was under way when it broke the last time is sent again, under the same names. */
export async function play(url: string, bot: Bot, onFrame: () => void): Promise<void> {
  const remember = placesTold(bot);
  using player = await connect(url, bot.account, {
    v1: true,
    onFrame: (frame) => {
      remember(frame);
      onFrame();
    },
  });
  try {
    await comeBack(player, bot);
    for (;;) await playOn(player, bot);
  } catch (error) {
    if (!(error instanceof SocketClosed)) throw error;
  }
}

/** The new process knows nothing of the frames of the old one, and must say so. */
async function comeBack(player: Player, bot: Bot): Promise<void> {
  if (bot.lastSeq > 0) {
    player.send({ type: "resume", data: { after: bot.lastSeq } });
    await player.next(errorFrame("RESUME_EXPIRED"));
  }
  await greeted(player, null);
  for (const { text, id } of bot.underWay) player.say(text, id);
  await player.settled();
  bot.underWay = [];
}

async function playOn(player: Player, bot: Bot): Promise<void> {
  const { rng } = bot;
  const actions = Array.from({ length: 1 + rng.int(5) }, () => pick(rng, deeds));
  const line = `${bot.account.username} line ${bot.commands}`;
  bot.underWay = [...actions, `say ${line}`, ...(rng.int(3) === 0 ? [pick(rng, deeds)] : [])].map((text) => ({
    text,
    id: `${bot.account.username}-${bot.commands++}`,
  }));
  for (const { text, id } of bot.underWay) player.say(text, id);
  await player.next(message("speech_self", `You say: "${line}"`));
  bot.confirmed.push(line);
  await player.settled();
  bot.underWay = [];
}

const deeds = [
  "north",
  "south",
  "east",
  "west",
  "northeast",
  "southwest",
  "face north",
  "face west",
  "look",
  "map",
  "enter west",
  "enter Hearthvale",
  "enter Verdance",
  "lobby",
  "lobby",
];

function pick<T>(rng: Rng, of: readonly T[]): T {
  return of[rng.int(of.length)]!;
}

/** Who is greeted hears where he is before he hears in which world; a traveller hears the world first. */
function placesTold(bot: Bot): (frame: Frame) => void {
  let worldId: string | null = null;
  let before: Frame[] = [];
  const remember = (frame: Frame): void => {
    bot.lastSeq = Math.max(bot.lastSeq, frame.seq ?? 0);
    if (frame.type === "game_message" && ["area_description", "movement"].includes(frame.data.type)) {
      const named = frame.data.metadata?.["world_id"];
      if (typeof named !== "string") return;
      worldId = named;
      for (const each of before.splice(0)) remember(each);
    }
    if (frame.type !== "state_update") return;
    if (worldId === null) before = [...before, frame];
    else bot.told.push({ worldId, x: frame.data.position.x, y: frame.data.position.y });
  };
  return remember;
}
