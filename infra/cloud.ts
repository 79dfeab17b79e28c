import { createData } from "./data.ts";
import { environmentOf } from "./environment.ts";
import { createFunctions, createSockets } from "./functions.ts";
import { createModels } from "./models.ts";
import { createNats } from "./nats.ts";
import { createNetwork } from "./network.ts";
import { createRouter } from "./router.ts";
import { createSecrets } from "./secrets.ts";
import type { Settings } from "./stage.ts";
import { createWeb } from "./web.ts";
import { createAlarms } from "./alarms.ts";
import { createDashboard } from "./dashboard.ts";
import { createWorkers } from "./workers.ts";

/** Everything of a stage that is deployed. */
export function createCloud(settings: Settings) {
  const secrets = createSecrets(settings);
  const network = createNetwork(settings);
  const nats = createNats({ network, secrets, settings });
  const data = createData({ network, secrets, settings });
  const sockets = createSockets(settings);
  const environment = environmentOf({
    data,
    natsUrl: nats.url,
    secrets,
    settings,
    socketEndpoint: sockets.managementEndpoint,
  });
  const { http } = createFunctions({ environment, network, secrets, settings, sockets });
  const ollamaHosts = createModels(network, settings);
  const workers = createWorkers({ environment, network, settings, sockets, ollamaHosts });
  const router = createRouter({ http, secrets, settings, sockets });
  const web = createWeb(router);
  createAlarms({ http, nats, settings, sockets, workers });
  createDashboard({ http, settings, sockets });
  return { url: router.url, web: web.url, nats: nats.url };
}
