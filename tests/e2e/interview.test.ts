import { afterAll, beforeAll, expect, test } from "vitest";
import { interviewFinalizeResponse, interviewMessageResponse } from "#core/protocol/interview.ts";
import { joinResponse } from "#core/protocol/character.ts";
import { worldDetailResponse } from "#core/protocol/world.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
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
    for (const message of messages) {
      const answer = await who.post("/api/world/interview/message", { session_id, message });
      expect(answer.status, answer.text).toBe(200);
      last = interviewMessageResponse.strict().parse(answer.json());
    }
    return { session_id, last };
  };

  const { session_id, last } = await tell(anns, ...wholeStory, "Rimehold", "yes");
  expect(last.completed).toBe(true);
  const final = await anns.post("/api/world/interview/finalize", { session_id });
  const specification = interviewFinalizeResponse.strict().parse(final.json());
  expect(specification).toMatchObject({ name: "Rimehold", world_id: last.world_id, planet: { land_share: 0.2 } });
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
