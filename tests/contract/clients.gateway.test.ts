import { apiGatewayClients } from "#adapters/api-gateway/clients.ts";
import type { Clients } from "#core/ports/clients.ts";
import { gatewayRig } from "#tests/support/gateway-rig.ts";
import type { GatewayRig } from "#tests/support/gateway-rig.ts";
import { clientsContract } from "./clients.ts";
import type { ClientsRig } from "./clients.ts";

clientsContract("the gateway's own way out", () => start((rig) => rig.gateway.clients));

for (const [name, posts] of [
  ["the SDK over HTTP", "sdk"],
  ["posts signed without the SDK", "lean"],
] as const) {
  clientsContract(name, () =>
    start((rig) =>
      apiGatewayClients({
        endpoint: rig.gateway.managementEndpoint,
        region: "local",
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
        clock: rig.clock,
        posts,
      }),
    ),
  );
}

async function start(clientsOf: (rig: GatewayRig) => Clients & Partial<Disposable>): Promise<ClientsRig> {
  const rig = await gatewayRig({ limits: { closeHandshakeMsMax: 100 } });
  const clients = clientsOf(rig);
  return {
    clients,
    async connect() {
      const client = await rig.connect();
      return {
        id: client.id,
        take: client.take,
        async leave() {
          client.ws.close();
          await rig.seen("disconnects", 1);
        },
        stall: () => client.ws.pause(),
        closed: () => client.closed,
      };
    },
    async waitOut(work) {
      let isDone = false;
      const finished = () => void (isDone = true);
      work.then(finished, finished);
      while (!isDone) await rig.clock.advance(10);
      return work;
    },
    async [Symbol.asyncDispose]() {
      clients[Symbol.dispose]?.();
      await rig[Symbol.asyncDispose]();
    },
  };
}
