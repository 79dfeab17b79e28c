import { Duplex } from "node:stream";
import type { MessagePort } from "node:worker_threads";

/**
 * What `pg` takes for its socket: wire-protocol bytes over a port to the thread. `pg` writes whole messages and corks the stream around the
 * parse, bind, execute and sync of one query, so `writev` makes one message to the thread of them, and one comes back.
 */
export function wireStream(open: () => Promise<MessagePort>): Duplex {
  let port: MessagePort | null = null;

  const stream = new Duplex({
    // The reply to one query is bounded by what the query asks for, and the thread sends the next one only when it is asked.
    read: () => undefined,
    writev(chunks, done) {
      const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer));
      const message = new Uint8Array(bytes);
      port?.postMessage(message, [message.buffer]);
      done();
    },
    final(done) {
      stream.push(null);
      done();
    },
    destroy(error, done) {
      port?.close();
      done(error);
    },
  });

  const connect = () => {
    open().then(
      (opened) => {
        if (stream.destroyed) return opened.close();
        port = opened;
        port.on("message", (bytes: Uint8Array) => void stream.push(bytes));
        // The thread is gone, or gave its one backend to a later connection.
        port.on("close", () => stream.destroy(stream.readableEnded ? undefined : lost()));
        stream.emit("connect");
      },
      (error: Error) => stream.destroy(error),
    );
    return stream;
  };
  const itself = () => stream;
  return Object.assign(stream, { connect, setNoDelay: itself, setKeepAlive: itself, ref: itself, unref: itself });
}

function lost(): Error {
  return Object.assign(new Error("the embedded database ended the connection"), { code: "ECONNRESET" });
}
