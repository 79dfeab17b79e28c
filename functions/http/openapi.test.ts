import { expect, test } from "vitest";
import { openApiDocument } from "./openapi.ts";
import { operations } from "./operations.ts";
import { httpApp as setup } from "#tests/support/http-app.ts";

test("every route of the app is in the document, and nothing else is", async () => {
  const { app } = await setup();
  const routes = app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(Object.keys(operations).toSorted()).toEqual([...new Set(routes)].toSorted());
});

test("what the document says needs a login does, and the rest does not", async () => {
  const { app } = await setup();
  for (const [route, { auth }] of Object.entries(operations)) {
    const [method, path] = route.split(" ");
    const init = {
      method: method!,
      ...(method === "POST" && { body: "{}", headers: { "content-type": "application/json" } }),
    };
    const { status } = await app.request(path!, init);
    expect(status === 401, route).toBe(auth);
  }
});

test("whoever asks for the documents is sent to the page that shows this one", async () => {
  const { app } = await setup();
  const { status, headers } = await app.request("/api/docs");
  expect([status, headers.get("location")]).toEqual([302, "/docs"]);
});

test("the document is served, and its schemas are those that requests are checked with", async () => {
  const { app } = await setup();
  const response = await app.request("/api/openapi.json");
  expect(response.status).toBe(200);
  const document = await response.json();
  expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument("http://localhost:8080"))));
  expect(document).toMatchObject({
    openapi: "3.1.0",
    paths: {
      "/api/auth/login": {
        post: {
          requestBody: {
            content: { "application/json": { schema: { type: "object", required: ["email", "password"] } } },
          },
          responses: { 401: { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } } },
        },
      },
      "/api/game/worlds/{id}": { get: { parameters: [{ name: "id", in: "path", required: true }] } },
      "/api/game/skills": { get: { parameters: [{ name: "character_id", in: "query", required: true }] } },
      "/api/admin/audit": {
        get: {
          parameters: [
            { name: "user", required: false },
            { name: "limit", required: false },
          ],
        },
      },
    },
    components: { schemas: { Error: { required: ["error"] } } },
  });
});
