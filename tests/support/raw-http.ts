import { once } from "node:events";
import { connect } from "node:net";

const patienceMs = 15_000;

/** Sends these bytes, and reads until the server has closed or answered. For what no client would send. */
export async function rawHttp(url: string, request: string | Buffer): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on("error", () => undefined); // "close" follows.
  socket.setTimeout(patienceMs, () => socket.destroy());
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
  await once(socket, "connect");
  // Half closed: a server that waits for more learns that there is none.
  socket.end(request, "latin1");
  await once(socket, "close");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0), text };
}
