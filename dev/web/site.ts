import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { extname, join, sep } from "node:path";
import * as z from "zod";
import type { Site } from "../gateway/http.ts";
import type { HttpAnswer } from "../gateway/http-result.ts";

const someHeaders = z.record(z.string(), z.string());
const headersFile = z.object({ every: someHeaders, underAssets: someHeaders, elsewhere: someHeaders });
type SiteHeaders = z.infer<typeof headersFile>;

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

type Encoding = "br" | "gzip";
type File = {
  readonly body: Buffer;
  readonly encoded: Readonly<Partial<Record<Encoding, Buffer>>>;
  readonly etag: string;
  readonly headers: HttpAnswer["headers"];
};

/** Reads a build of `scripts/build-web.ts` into memory: no later change of the directory is noticed, and no path leads out of it. */
export async function openSite(directory: string, { isHttps }: { readonly isHttps: boolean }): Promise<Site> {
  const headers = headersFile.parse(JSON.parse(await readFile(join(directory, "headers.json"), "utf8")));
  if (isHttps) headers.every["strict-transport-security"] = "max-age=31536000";
  const files = new Map<string, File>();
  for (const name of await readdir(directory, { recursive: true })) {
    const type = contentTypes[extname(name)];
    if (type !== undefined)
      files.set(`/${name.split(sep).join("/")}`, await readSiteFile(directory, name, type, headers));
  }
  const page = files.get("/index.html");
  if (page === undefined) throw new Error(`there is no index.html in ${directory}`);

  return (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return null;
    const [path = "/"] = (request.url ?? "/").split("?", 1);
    const file = path === "/" ? page : (files.get(path) ?? (isPage(request, path) ? page : undefined));
    return file === undefined ? null : answerWith(file, request);
  };
}

/** Pages have their addresses in the client; everything else that is unknown is answered by the functions, as ever. */
function isPage({ headers }: IncomingMessage, path: string): boolean {
  if (/^\/(?:api|health|metrics|assets)(?:\/|$)/u.test(path)) return false;
  return /\btext\/html\b/u.test(headers.accept ?? "");
}

async function readSiteFile(directory: string, name: string, type: string, headers: SiteHeaders): Promise<File> {
  const path = join(directory, name);
  const body = await readFile(path);
  const encoded = (suffix: string) => readFile(path + suffix).catch(() => undefined);
  const [br, gzip] = [await encoded(".br"), await encoded(".gz")];
  const more = name.startsWith("assets") ? headers.underAssets : headers.elsewhere;
  return {
    body,
    encoded: { ...(br && { br }), ...(gzip && { gzip }) },
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    headers: Object.entries({ ...headers.every, ...more, "content-type": type, vary: "Accept, Accept-Encoding" }),
  };
}

function answerWith(file: File, { headers: asked }: IncomingMessage): HttpAnswer {
  const headers: HttpAnswer["headers"] = [...file.headers, ["etag", file.etag]];
  if (asked["if-none-match"]?.includes(file.etag) === true) return { status: 304, headers, body: Buffer.alloc(0) };
  const accepted = asked["accept-encoding"] ?? "";
  const encoding = (["br", "gzip"] as const).find(
    (name) => file.encoded[name] !== undefined && accepts(accepted, name),
  );
  if (encoding === undefined) return { status: 200, headers, body: file.body };
  return { status: 200, headers: [...headers, ["content-encoding", encoding]], body: file.encoded[encoding]! };
}

const accepts = (header: string, encoding: Encoding): boolean =>
  header.split(",").some((each) => {
    const [name = "", quality = ""] = each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/u);
    return name === encoding && !/^q=0(?:\.0*)?$/u.test(quality);
  });
