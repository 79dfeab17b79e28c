import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { interviewFinalizeResponse, interviewMessageResponse } from "#core/protocol/interview.ts";
import { joinResponse } from "#core/protocol/character.ts";
import { worldDetailResponse } from "#core/protocol/world.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { message } from "#tests/support/frames.ts";
import { connect, here, newPlayer } from "#tests/support/player.ts";
import { wholeStory } from "#tests/support/interview-rig.ts";
import { type Account, call, newAccount, refusal } from "#tests/support/rest.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await startTestBackend();
});
afterAll(() => backend[Symbol.asyncDispose]());

const as = ({ token }: Account) => ({
  post: (path: string, body: object = {}) => call(backend.url, "POST", path, { token, body }),
  get: (path: string) => call(backend.url, "GET", path, { token }),
});

test("what a player tells becomes a world that he can walk into, under a name that is his alone", async () => {
  const [ann, bob] = await Promise.all(["TellerAnn", "TellerBob"].map((name) => newAccount(backend.url, name)));
  const [anns, bobs] = [as(ann!), as(bob!)];

  const tell = async (who: typeof anns, ...messages: string[]) => {
    const { session_id } = (await who.post("/api/world/interview/start")).json() as { session_id: string };
    let last = interviewMessageResponse.parse({ question: "", completed: false });
    for (const words of messages) {
      const answer = await who.post("/api/world/interview/message", { session_id, message: words });
      expect(answer.status, answer.text).toBe(200);
      last = interviewMessageResponse.strict().parse(answer.json());
    }
    return { session_id, last };
  };

  const { session_id } = await tell(anns, ...wholeStory, "Rimehold");
  const yes = await anns.post("/api/world/interview/message", { session_id, message: "yes" });
  expect([200, 202], yes.text).toContain(yes.status);
  // However long its planet takes: whoever asks is told how far it is, and in the end that it is there.
  const specification = await vi.waitFor(
    async () => {
      const final = await anns.post("/api/world/interview/finalize", { session_id });
      const answer = interviewFinalizeResponse.strict().parse(final.json());
      expect(answer.world_status).toBe("made");
      return answer;
    },
    { timeout: 40_000, interval: 250 },
  );
  const last = { world_id: specification.world_id };
  expect((await anns.get("/api/world/interview/active")).status).toBe(404);
  expect(specification).toMatchObject({ name: "Rimehold", planet: { land_share: 0.2 } });
  expect(specification.peoples.map(({ name }) => name)).toEqual(["Elf", "Dwarf"]);

  const world = worldDetailResponse.parse((await anns.get(`/api/game/worlds/${last.world_id}`)).json());
  expect(world).toMatchObject({ name: "Rimehold", shape: "spherical", owner_id: ann!.userId, status: "active" });
  const character = { world_id: last.world_id, name: "Ann", species: "Elf" };
  const made = (await anns.post("/api/game/characters", character)).json() as { character: { character_id: string } };
  const joined = await anns.post("/api/game/join", { character_id: made.character.character_id });
  expect(joinResponse.parse(joined.json()).world_id).toBe(last.world_id);

  const taken = await tell(bobs, ...wholeStory, "RIMEHOLD");
  expect(taken.last.question).toContain("There is a world called RIMEHOLD already.");
  const refused = await bobs.post("/api/world/interview/finalize", { session_id: taken.session_id });
  expect(refusal(refused)).toEqual({ status: 409, code: "CONFLICT" });
});

test("what a player tells the statue, with a link that breaks in between, becomes a world behind an arch", async () => {
  const statue = (text: RegExp) => message("tell", text);
  const player = await here(newPlayer(backend.url, "TellerCid"));
  const begun = await player.ask("tell statue hello", statue(/The marble warms/u));
  expect(begun.data.metadata).toMatchObject({ sender_name: "Statue", session_id: expect.any(String) });
  expect(player.frames.some((frame) => frame.type === "game_message" && frame.data.type === "start_interview")).toBe(
    true,
  );
  for (const words of wholeStory.slice(0, 3)) await player.ask(`reply ${words}`, statue(/\?/u));
  await player.cut();

  const again = await here(connect(backend.url, player.account));
  await again.ask("tell statue hello again", statue(/Welcome back/u));
  for (const words of wholeStory.slice(3, -1)) await again.ask(`reply ${words}`, statue(/[?“]/u));
  await again.ask("reply name", statue(/What is it called/u));
  await again.ask("reply Coalmere", statue(/This is your world/u));
  again.say("reply yes");
  const done = await again.next(statue(/It is done. Coalmere/u));
  expect(done.data.metadata).toMatchObject({ completed: true });
  await again.ask("look northeast", message("info", /The east portal, .* opens on Coalmere/u));
  await again.ask("enter east", message("area_description", /^Coalmere\n/u));
  const time = await again.ask("time", message("time"));
  expect((time.data.metadata as { moons: unknown[] }).moons).toHaveLength(2);
});
