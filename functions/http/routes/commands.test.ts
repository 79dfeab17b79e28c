import { expect, test } from "vitest";
import { commands } from "#core/command/registry.ts";
import { commandsResponse } from "#core/protocol/commands.ts";
import { httpApp } from "#tests/support/http-app.ts";

test("whoever asks is told every command, with what a client needs to complete it", async () => {
  const { app } = await httpApp();
  const response = await app.request("/api/game/commands");
  expect(response.status).toBe(200);
  const body = commandsResponse.parse(await response.json());
  expect(body.commands.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
  expect(body.commands.find(({ name }) => name === "world")).toMatchObject({
    usage: "world [info|map|pause|resume|speed <factor>|simulate <years>|reset <name of the world>]",
    arguments: [
      {
        kind: "choice",
        optional: true,
        choices: expect.arrayContaining([{ word: "speed", value: "factor", rights: "shaper" }]),
      },
    ],
    works_while_paused: true,
  });
  expect(body).toMatchObject({
    shortcuts: expect.arrayContaining([{ sign: "'", command: "say" }]),
    chain: { sign: ";", commands_max: 8 },
    repeat: "!",
  });
});
