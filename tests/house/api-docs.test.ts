import { expect, test } from "vitest";
import { openApiDocument } from "#functions/http/openapi.ts";
import { type ApiDocument, exampleOf, operationsByTag, typeOf } from "../../web/src/api-docs/document.ts";
import { addressOf, curlOf } from "../../web/src/api-docs/send.ts";

const document = JSON.parse(JSON.stringify(openApiDocument("http://localhost:8080"))) as ApiDocument;
const all = [...operationsByTag(document).values()].flat();
const operation = (id: string) => all.find((each) => each.id === id)!;
const filled = { parameters: {}, body: "", accept: "application/json", token: "" };

test("every operation of the API is there once, under its tag", () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(40);
  expect([...operationsByTag(document).keys()]).toContain("worlds");
});

test("a request begins with what has to be in it", () => {
  const { requestBody } = operation("POST /api/auth/register");
  expect(exampleOf(requestBody!.content["application/json"]!.schema!, document)).toEqual({
    email: "",
    username: "",
    password: "",
  });
});

test("types are told as one would write them, those that are referred to as well", () => {
  expect(
    typeOf(
      {
        type: "object",
        properties: {
          id: { type: "string", format: "uuid" },
          much: { type: "integer", minimum: 1, maximum: 500 },
          whole: { type: "integer", minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
          way: { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "null" }] },
        },
        required: ["id"],
      },
      document,
    ),
  ).toBe('{\n  id: string (uuid)\n  much?: integer (1…500)\n  whole?: integer\n  way?: "a" | "b" | null\n}');
  expect(typeOf({ $ref: "#/components/schemas/Error" }, document)).toContain("error: {");
  for (const { responses } of all)
    for (const { content = {} } of Object.values(responses))
      for (const { schema } of Object.values(content))
        expect(typeOf(schema ?? {}, document)).not.toContain("undefined");
});

test("an address has its path filled in and only those questions that are asked", () => {
  const map = operation("GET /api/game/worlds/{id}/map");
  expect(addressOf(map, { ...filled, parameters: { id: "a/b", width: " 64 ", layer: "" } })).toBe(
    "/api/game/worlds/a%2Fb/map?width=64",
  );
});

test("a terminal can say the same, whatever is in the body", () => {
  const login = operation("POST /api/auth/login");
  expect(curlOf(login, { ...filled, body: '{\n "email": "o\'hara@example.com" }' }, "http://x")).toBe(
    "curl -s -X POST 'http://x/api/auth/login' \\\n  -H 'content-type: application/json' \\\n  -d '{\"email\":\"o'\\''hara@example.com\"}'",
  );
});
