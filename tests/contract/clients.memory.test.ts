import { memoryClients } from "#adapters/memory/clients.ts";
import { clientsContract } from "./clients.ts";
import type { ConnectionId } from "#core/lib/ids.ts";

clientsContract("the memory twin", async () => {
  const clients = memoryClients();
  let connections = 0;
  return {
    clients,
    async connect() {
      const id = `memory-${++connections}` as ConnectionId;
      clients.open(id);
      let taken = 0;
      return {
        id,
        async take(count) {
          taken += count;
          return clients.frames(id).slice(taken - count, taken);
        },
        leave: async () => clients.leave(id),
        stall: () => clients.stall(id),
        closed: async () => clients.isOpen(id) && Promise.reject(new Error("still open")),
      };
    },
    waitOut: (work) => work,
    [Symbol.asyncDispose]: async () => undefined,
  };
});
