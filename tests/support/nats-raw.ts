import { once } from "node:events";
import { WebSocket } from "ws";

/** A client in the server's own words, without anything in between that would wait, retry or soften what it says. */
export type RawNats = AsyncDisposable & {
  /** Whether the server takes this; it says no at once, before it answers the ping that follows. */
  mayPublish(subject: string): Promise<boolean>;
  /** `subject`, or `subject group` for a member of a queue group. */
  maySubscribe(subject: string): Promise<boolean>;
};

const patienceMs = 5_000;

export async function rawNats(url: string, login: { readonly user: string; readonly pass: string }): Promise<RawNats> {
  const socket = new WebSocket(url);
  let heard = "";
  let tell = Promise.withResolvers<void>();
  socket.on("message", (data: Buffer) => {
    heard += data.toString();
    tell.resolve();
    tell = Promise.withResolvers();
  });
  await once(socket, "open");
  const late = once(AbortSignal.timeout(patienceMs * 10), "abort");

  /** Everything that the server says to it. */
  const say = async (text: string): Promise<string> => {
    heard = "";
    // One at a time: the server may take no more than a line of the handshake first.
    socket.send(`${text}PING\r\n`);
    while (!heard.includes("PONG")) {
      if (heard.includes("Authorization Violation")) throw new Error(`${login.user} is not let in`);
      if ((await Promise.race([tell.promise, late])) !== undefined) throw new Error(`no answer to ${text}: ${heard}`);
    }
    return heard;
  };
  const isRefused = (answer: string): boolean => answer.includes("-ERR 'Permissions Violation");

  await say(`CONNECT ${JSON.stringify({ verbose: false, lang: "test", version: "1", protocol: 1, ...login })}\r\n`);
  let sid = 0;
  return {
    mayPublish: async (subject) => !isRefused(await say(`PUB ${subject} 0\r\n\r\n`)),
    async maySubscribe(subject) {
      sid += 1;
      const answer = await say(`SUB ${subject} ${sid}\r\n`);
      if (!isRefused(answer)) await say(`UNSUB ${sid}\r\n`);
      return !isRefused(answer);
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, "close");
    },
  };
}
