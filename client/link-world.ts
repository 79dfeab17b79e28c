import type { LinkWorld, SocketEvents } from "./game-link.ts";

/** The real outside, as a browser and Node both have it. */
export const linkWorld: LinkWorld = {
  nowMs: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  openSocket(url, protocols, { onOpen, onMessage, onClose }: SocketEvents) {
    const socket = new WebSocket(url, [...protocols]);
    socket.addEventListener("open", onOpen);
    socket.addEventListener("message", (event) => onMessage(event.data));
    socket.addEventListener("close", (event) => onClose(event.code));
    return {
      send(text) {
        if (socket.readyState === socket.OPEN) socket.send(text);
      },
      close: (code) => socket.close(code),
    };
  },
};
