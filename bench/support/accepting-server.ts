import { createServer } from "node:http";

// Reads every request and answers it with nothing.

const server = createServer((request, response) => request.resume().once("end", () => response.end()));
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => console.log("ready"));
process.on("SIGTERM", () => process.exit(0));
