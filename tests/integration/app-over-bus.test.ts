import { expect, test } from "vitest";
import { inlineAuth, remoteAuth } from "#core/account/service.ts";
import { inlinePlayers, remotePlayers } from "#core/character/service.ts";
import { lobbyWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import { configFromEnv } from "#functions/config.ts";
import { createApp } from "#functions/http/app.ts";
import { functionContext } from "#tests/support/function-context.ts";
import { request } from "#tests/support/http-app.ts";
import { startAuthService } from "#workers/auth/service.ts";
import { startPlayerService } from "#workers/player/service.ts";

const config = configFromEnv({});
const address = "198.51.100.1";
const ann = { email: " Ann@Example.org ", username: "Ann", password: "correct horse" };
const bob = { email: "bob@example.org", username: "Bob", password: "correct horse" };
const thorin = { world_id: valleyWorldId, name: "Thorin", species: "dwarf" };
const someId = "00000000-0000-4000-8000-00000000dead";

/** Everything, and a world that says what there is to see. */
const withValley = () => {
  const given = functionContext();
  given.ctx.bus.serve(worldLook(valleyWorldId), async () => ({ text: "Hills." }));
  return given;
};

const inline = () => {
  const { ctx } = withValley();
  return createApp({ ...ctx, auth: inlineAuth(ctx), players: inlinePlayers(ctx) }, config);
};

const remote = () => {
  const { ctx } = withValley();
  startAuthService(ctx);
  startPlayerService(ctx);
  return createApp({ ...ctx, auth: remoteAuth(ctx.bus), players: remotePlayers(ctx.bus) }, config);
};

/** A visit with everything that can be asked and refused; what was answered, whole. */
async function visit(app: ReturnType<typeof inline>) {
  const answers: unknown[] = [];
  let headers: Record<string, string> = {};
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await request(app, method, path, { headers, address, ...(body !== undefined && { body }) });
    const text = await response.text();
    answers.push([method, path, response.status, Object.fromEntries(response.headers), text]);
    return JSON.parse(text) as { token: string; character: { character_id: string } };
  };
  const logIn = async (who: typeof bob) => {
    const { token } = await ask("POST", "/api/auth/login", { email: who.email, password: who.password });
    headers = { authorization: `Bearer ${token}` };
  };

  await ask("POST", "/api/auth/register", ann);
  await ask("POST", "/api/auth/register", ann);
  await ask("POST", "/api/auth/register", bob);
  await ask("POST", "/api/auth/register", { ...bob, password: "short" });
  await ask("POST", "/api/auth/login", { email: "no address", password: "\u0344".repeat(512) });
  await ask("POST", "/api/auth/login", { ...ann, password: "wrong" });
  await logIn(ann);
  await ask("GET", "/api/auth/me");
  const { character } = await ask("POST", "/api/game/characters", thorin);
  await ask("POST", "/api/game/characters", thorin);
  await ask("POST", "/api/game/characters", { ...thorin, attributes: { Might: 99 } });
  await ask("POST", "/api/game/characters", { ...thorin, role: "admin" });
  await ask("POST", "/api/game/characters", { world_id: lobbyWorldId, name: "Eye", role: "watcher" });
  await ask("POST", "/api/game/characters", { world_id: lobbyWorldId, name: "Eye", role: "watcher" });
  await ask("POST", "/api/game/join", { character_id: character.character_id });
  await ask("GET", "/api/game/characters");
  await ask("GET", "/api/auth/me");
  await ask("GET", `/api/game/skills?character_id=${character.character_id.toUpperCase()}`);
  await ask("GET", `/api/game/skills?character_id=${someId}`);
  await ask("GET", `/api/game/entry-options?world_id=${valleyWorldId}`);
  await ask("GET", `/api/game/entry-options?world_id=${someId}`);
  await ask("POST", "/api/auth/logout");
  await ask("GET", "/api/auth/me");
  headers = { authorization: "Bearer forged" };
  await ask("GET", "/api/auth/me");
  headers = {};
  await logIn(bob);
  await ask("POST", "/api/game/join", { character_id: character.character_id });
  headers = {};
  for (let n = 0; n < 5; n++) await ask("POST", "/api/auth/login", { ...bob, password: "wrong" });
  return answers;
}

test("a visit is answered byte for byte the same whether the services run in this process or behind the bus", async () => {
  const here = await visit(inline());
  expect(await visit(remote())).toEqual(here);
  const statuses = new Set(here.map((answer) => (answer as unknown[])[2]));
  expect(statuses).toEqual(new Set([200, 201, 400, 401, 403, 404, 409, 429]));
});

test("without the services a request is refused with a time to retry, and health does not depend on them", async () => {
  const { ctx } = functionContext();
  const app = createApp({ ...ctx, auth: remoteAuth(ctx.bus), players: remotePlayers(ctx.bus) }, config);
  const answer = await request(app, "GET", "/api/auth/me", { headers: { authorization: "Bearer x" } });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await request(app, "GET", "/health")).status).toBe(200);
});
