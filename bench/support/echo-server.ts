import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: Number(process.env["PORT"]), host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket) => socket.on("message", (data) => socket.send(data, { binary: false })));
server.on("listening", () => console.log("ready"));
process.on("SIGTERM", () => process.exit(0));
