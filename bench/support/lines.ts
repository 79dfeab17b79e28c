import { once } from "node:events";
import { WebSocket } from "ws";

/** One player's socket: sends a command, and knows how many answers have come. */
export type Player = { send(index: number): void; answers: number; onAnswer: () => void; close(): void };

export type Target = { readonly name: string; connect(): Promise<Player> };

/** The echo answers each message; the message has the size of a command's frame. */
export function echoTarget(port: number): Target {
  return {
    name: "ws echo (floor)",
    connect: () => connect(`ws://127.0.0.1:${port}`, commandOf, () => true),
  };
}

/** Every command changes the world: it is one event, committed before its answer is told. Nobody else is told anything. */
export function gameTarget(port: number): Target {
  return playing("thousand worlds", port, commandOf, '"type":"action"');
}

/** What the functions answer by themselves: the way to them and back, without a world. */
export function pingTarget(port: number): Target {
  return playing("a ping (functions)", port, () => '{"type":"ping"}', '"type":"pong"');
}

function playing(name: string, port: number, frameOf: (index: number) => string, answer: string): Target {
  const base = `http://127.0.0.1:${port}/api`;
  let players = 0;
  const post = async (path: string, body: object): Promise<{ token?: string }> => {
    const response = await fetch(base + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { token?: string };
  };
  return {
    name,
    async connect() {
      const username = `bench-${process.pid % 1000}-${name.length}-${players++}`;
      const account = { email: `${username}@example.com`, password: `quite a long one ${username}` };
      await post("/auth/register", { ...account, username });
      const { token } = await post("/auth/login", account);
      const url = `ws://127.0.0.1:${port}/api/game/ws?token=${token}`;
      return connect(url, frameOf, (text) => text.includes(answer));
    },
  };
}

/** Alternates, so that each one changes something. */
const commandOf = (index: number): string => `{"type":"command","data":{"text":"${index % 2 === 0 ? "run" : "walk"}"}}`;

async function connect(
  url: string,
  frameOf: (index: number) => string,
  isAnswer: (text: string) => boolean,
): Promise<Player> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const player: Player = {
    send: (index) => socket.send(frameOf(index)),
    answers: 0,
    onAnswer: () => {},
    close: () => socket.close(1000),
  };
  socket.on("message", (data: Buffer) => {
    if (!isAnswer(data.toString())) return;
    player.answers++;
    player.onAnswer();
  });
  await once(socket, "open");
  return player;
}
