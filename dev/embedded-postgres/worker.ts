import type { PGlite } from "@electric-sql/pglite";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { ClusterRefused, openCluster } from "./cluster.ts";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";

// The thread that PGlite lives in: on the main thread every query would stop the world for as long as it runs.

const parent = parentPort;
if (parent === null) throw new Error("this file is the body of a thread");
const tell = (message: FromThread) => parent.postMessage(message);

try {
  const { dataDir, cacheDir } = workerData as ThreadData;
  const database = await openCluster({ dataDir, cacheDir, onProgress: (text) => tell({ type: "progress", text }) });
  serve(database, parent);
  tell({ type: "ready" });
} catch (error) {
  if (!(error instanceof ClusterRefused)) throw error;
  tell({ type: "refused", text: error.message });
}

function serve(database: PGlite, commands: MessagePort): void {
  let current: MessagePort | null = null;

  const connect = async (port: MessagePort) => {
    current?.close();
    current = port;
    // There is one backend for ever. What the last connection left open or set must not reach this one.
    if (database.isInTransaction()) await answer(database, simpleQuery("rollback"));
    await answer(database, simpleQuery("discard all"));
    port.on("message", (request: Uint8Array) => {
      void answer(database, request).then((reply) => {
        if (reply.length > 0) port.postMessage(reply, [reply.buffer as ArrayBuffer]);
      });
    });
  };

  commands.on("message", (message: ToThread) => {
    if (message.type === "connect") void connect(message.port);
    else void close(database).then(() => commands.close());
  });
}

/** `request` holds whole messages, which is how `pg` writes them. A rejection means that the backend is broken; it ends the thread. */
async function answer(database: PGlite, request: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  // The bytes are a view into the backend's memory and are overwritten by what it sends next.
  await database.execProtocolRawStream(request, { onRawData: (bytes) => void parts.push(bytes.slice()) });
  return parts.length === 1 ? (parts[0] as Uint8Array) : new Uint8Array(Buffer.concat(parts));
}

async function close(database: PGlite): Promise<void> {
  await answer(database, simpleQuery("checkpoint"));
  await database.close();
}

function simpleQuery(text: string): Uint8Array {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(5);
  head.write("Q");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
