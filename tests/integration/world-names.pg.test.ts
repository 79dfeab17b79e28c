import { describe, expect, test } from "vitest";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres } from "#adapters/postgres/postgres.ts";
import { postgresAccounts } from "#adapters/postgres/accounts.ts";
import { postgresInterviews } from "#adapters/postgres/interviews.ts";
import { postgresPlanets } from "#adapters/postgres/planets.ts";
import { postgresWorldNames } from "#adapters/postgres/world-names.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { inlineInterviews } from "#core/interview/service.ts";
import { createWorld } from "#core/world/create-world.ts";
import { configFromEnv } from "#functions/config.ts";
import { silentLog } from "#tests/support/database.ts";
import { wholeStory } from "#tests/support/interview-rig.ts";
import { madeAtOnce } from "#tests/support/made-at-once.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { newAccount, sessionId, userId } from "#tests/support/records.ts";

const bin = findPostgresServer();

describe.skipIf(bin === null)("interviews on a real Postgres", () => {
  test("of those that race for one name exactly one has it; the others are asked for another, and get their worlds", async () => {
    await using server = await startPostgresServer(bin as string);
    await using postgres = openPostgres({ url: server.url, log: silentLog });
    await migratePostgres(postgres, { log: silentLog });
    const clock = systemClock;
    const worlds = madeAtOnce(postgresWorlds(postgres), postgresPlanets(postgres));
    const verbs = inlineInterviews({
      accounts: postgresAccounts(postgres),
      interviews: postgresInterviews(postgres),
      worldNames: postgresWorldNames(postgres),
      worlds,
      worldVerbs: { create: (input) => createWorld({ worlds, clock }, input) },
      connections: memoryConnections(),
      inputs: memoryInputStreams({ clock, log: silentLog }),
      limits: memoryLimits(),
      clock,
      entropy: systemEntropy,
      log: silentLog,
      llm: null,
      interviewPolicy: configFromEnv({ INTERVIEW_MESSAGES_PER_USER_PER_MINUTE: "1000" }).interviewPolicy,
    });
    const players = await Promise.all(
      [1, 2, 3, 4].map(async (n) => {
        await postgresAccounts(postgres).create(newAccount(n));
        const principal = { userId: userId(n), sessionId: sessionId(n), username: `Player${n}`, role: "user" as const };
        const { id } = await verbs.start({ principal });
        const say = (text: string) => verbs.tell({ principal, interviewId: id, text });
        for (const words of [...wholeStory, n % 2 === 0 ? "Rimehold" : "RIMEHOLD"]) await say(words);
        return say;
      }),
    );
    const views = await Promise.all(players.map((say) => say("yes")));
    expect(views.filter(({ status }) => status === "completed")).toHaveLength(1);
    const losers = views.flatMap((view, index) => (view.status === "open" ? [{ view, say: players[index]! }] : []));
    for (const { view } of losers) {
      expect(view.step).toBe("name");
      expect(view.question).toContain("Somebody has just given that name");
    }
    const later = await Promise.all(
      losers.map(async ({ say }, n) => {
        await say(`Second Choice ${n}`);
        return say("yes");
      }),
    );
    expect(later.map(({ status }) => status)).toEqual(losers.map(() => "completed"));
    expect(new Set((await worlds.list()).map(({ name }) => name.toLowerCase())).size).toBe(4);
  });
});
