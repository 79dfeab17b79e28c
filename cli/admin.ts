import { aiSettingsCommand } from "./admin/ai-settings.ts";
import { aiStatusCommand } from "./admin/ai-status.ts";
import { audit } from "./admin/audit.ts";
import { charactersAt } from "./admin/characters-at.ts";
import { charactersHistory } from "./admin/characters-history.ts";
import { charactersList } from "./admin/characters-list.ts";
import { type Command, parseCommand } from "./admin/command.ts";
import { openAdmin } from "./admin/context.ts";
import { events } from "./admin/events.ts";
import { leases } from "./admin/leases.ts";
import { replay } from "./admin/replay.ts";
import { sessionsEnd, sessionsList } from "./admin/sessions.ts";
import { usersBan, usersUnban } from "./admin/users-ban.ts";
import { usersDelete } from "./admin/users-delete.ts";
import { usersList } from "./admin/users-list.ts";
import { usersRole } from "./admin/users-role.ts";
import { wipe } from "./admin/wipe.ts";
import { worldsPause, worldsResume, worldsSpeed } from "./admin/worlds-clock.ts";
import { worldsDelete } from "./admin/worlds-delete.ts";
import { worldsList } from "./admin/worlds-list.ts";
import { worldsNearby } from "./admin/worlds-nearby.ts";
import { worldsPopulation } from "./admin/worlds-population.ts";
import { withAccess } from "#dev/services/operator-access.ts";
import { cliConfigFromEnv, readEnv } from "./config.ts";
import { exitCodes, run } from "./run.ts";

const commands: readonly Command[] = [
  usersList,
  usersBan,
  usersUnban,
  usersRole,
  usersDelete,
  charactersList,
  charactersHistory,
  charactersAt,
  worldsList,
  worldsPopulation,
  worldsNearby,
  worldsPause,
  worldsResume,
  worldsSpeed,
  worldsDelete,
  sessionsList,
  sessionsEnd,
  audit,
  leases,
  aiStatusCommand,
  aiSettingsCommand,
  events,
  replay,
  wipe,
];

const help = `Usage: npm run admin -- <command> [--json]

${commands.map(({ name, usage, about }) => `  ${`${name} ${usage}`.trimEnd()}\n      ${about}`).join("\n")}

On the database of DATABASE_DIRECT_URL (else DATABASE_URL), with the sessions of UPSTASH_REDIS_REST_URL and the messages of NATS_URL where
they are set; without them on the servers of the \`npm run services\` that runs in DATA_DIR, or else on the embedded database there, while
nothing else runs on it.

Exit codes: 0 done, 1 failed or a replay that does not agree, 2 wrong usage, 3 refused.`;

/** Of the environment; where that names no other servers, on those of the launch that runs in DATA_DIR. */
async function adminConfig() {
  const env = readEnv();
  return cliConfigFromEnv(await withAccess(cliConfigFromEnv(env).dataDir, env));
}

await run(async (args) => {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
    console.log(help);
    return args.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  const { command, positionals, values } = parseCommand(commands, args);
  await using ctx = await openAdmin(await adminConfig());
  const { json, text, exitCode } = await command.run(ctx, { positionals, values });
  const said = values["json"] === true && json !== null ? JSON.stringify(json) : text;
  if (said !== "") console.log(said);
  return exitCode ?? exitCodes.done;
});
