import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Site } from "../gateway/http.ts";
import { openSite } from "./site.ts";

const headers = {
  every: { "content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff" },
  underAssets: { "cache-control": "immutable" },
  elsewhere: { "cache-control": "no-cache" },
};

async function setup({ isHttps = false } = {}) {
  const directory = await mkdtemp(join(tmpdir(), "site-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const files: Record<string, string> = {
    "index.html": "<!doctype html>",
    "index.html.br": "page in brotli",
    "index.html.gz": "page in gzip",
    "assets/main.js": "go()",
    "headers.json": JSON.stringify(headers),
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const site = await openSite(directory, { isHttps });
  return (url: string, asked: IncomingMessage["headers"] = {}, method = "GET") =>
    readable(site({ url, method, headers: asked } as IncomingMessage));
}

function readable(answer: ReturnType<Site>) {
  return answer && { ...answer, headers: Object.fromEntries(answer.headers), body: answer.body.toString() };
}

const html = { accept: "text/html,*/*;q=0.8" };

test("every page is the same document, with the headers of the build, and is asked for again each time", async () => {
  const get = await setup();
  const page = get("/");
  expect(page).toMatchObject({
    status: 200,
    body: "<!doctype html>",
    headers: { ...headers.every, "cache-control": "no-cache", "content-type": "text/html; charset=utf-8" },
  });
  expect(get("/worlds/some-id?x=1", html)).toEqual(page);
  expect(get("/verify-email", html, "HEAD")).toEqual(page);
});

test("what is named by its content is kept for ever", async () => {
  const get = await setup();
  expect(get("/assets/main.js")).toMatchObject({ body: "go()", headers: { "cache-control": "immutable" } });
});

test.each([
  ["the API", "/api/auth/me", "GET", html],
  ["health", "/health", "GET", html],
  ["an asset that is not there", "/assets/old.js", "GET", html],
  ["another method", "/", "POST", html],
  ["a path that is no page, for who wants no page", "/nothing", "GET", { accept: "*/*" }],
  ["a way out of the directory", "/../package.json", "GET", { accept: "*/*" }],
  ["what the build keeps for itself", "/headers.json", "GET", { accept: "*/*" }],
  ["what is compressed, by its own name", "/index.html.br", "GET", { accept: "*/*" }],
])("%s is left to the functions", async (_, url, method, asked) => {
  const get = await setup();
  expect(get(url, asked, method)).toBeNull();
});

test.each([
  ["gzip, deflate, br", "br", "page in brotli"],
  ["gzip", "gzip", "page in gzip"],
  ["br;q=0, gzip;q=0.5", "gzip", "page in gzip"],
  ["identity", undefined, "<!doctype html>"],
])("who accepts %j is sent %s", async (accepted, encoding, body) => {
  const get = await setup();
  const answer = get("/", { "accept-encoding": accepted });
  expect([answer?.headers["content-encoding"], answer?.body]).toEqual([encoding, body]);
});

test("who has it already is told so, whichever encoding it came in", async () => {
  const get = await setup();
  const etag = get("/")!.headers["etag"] as string;
  expect(get("/", { "if-none-match": `"other", ${etag}`, "accept-encoding": "br" })).toMatchObject({
    status: 304,
    body: "",
  });
  expect(get("/", { "if-none-match": '"other"' })).toMatchObject({ status: 200 });
});

test("on https browsers are told to stay there", async () => {
  const get = await setup({ isHttps: true });
  expect(get("/")?.headers["strict-transport-security"]).toBe("max-age=31536000");
});
