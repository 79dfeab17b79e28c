import { noMetrics } from "#adapters/memory/metrics.ts";
import { serve } from "@hono/node-server";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryInterviews } from "#adapters/memory/interviews.ts";
import { memoryTickets } from "#adapters/memory/tickets.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { memoryWorldNames } from "#adapters/memory/world-names.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { createApp } from "#functions/http/app.ts";
import { inlineServices, withInterviews } from "#functions/services.ts";
import { authOverMemory } from "./auth-memory.ts";

// The whole app.

const { config, tables, ports: auth } = await authOverMemory();
const ports = {
  ...auth,
  tickets: memoryTickets(),
  characters: memoryCharacters(tables),
  characterLog: memoryCharacterLog(tables),
  placements: memoryPlacements(tables),
  worlds: memoryWorlds(tables),
  worldNames: memoryWorldNames(tables),
  interviews: memoryInterviews(tables),
  interviewPolicy: config.interviewPolicy,
  llm: null,
  planets: memoryPlanets(tables),
  worldLog: memoryWorldLog(tables),
  bus: memoryBus(auth),
  inputs: memoryInputStreams(auth),
  connections: memoryConnections(),
  metrics: noMetrics,
  checks: {},
};
const app = createApp(withInterviews({ ...ports, ...inlineServices(ports) }, "inline"), config);
serve({ fetch: app.fetch, port: config.port, hostname: "127.0.0.1" }, () => console.log("ready"));
process.on("SIGTERM", () => process.exit(0));
