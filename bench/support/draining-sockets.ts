import { once } from "node:events";
import { createServer } from "node:http";
import { WebSocket } from "ws";

// Sockets that read all they are sent. `GET /` answers how many frames that was.

let frames = 0;
for (let sockets = Number(process.env["SOCKETS"]); sockets > 0; sockets--) {
  const socket = new WebSocket(process.env["URL"] ?? "", { perMessageDeflate: false });
  socket.on("message", () => frames++);
  await once(socket, "open");
}
const server = createServer((_request, response) => response.end(String(frames)));
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => console.log("ready"));
process.on("SIGTERM", () => process.exit(0));
