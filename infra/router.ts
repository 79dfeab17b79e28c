import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./stage.ts";

type Args = {
  readonly http: sst.aws.ApiGatewayV2;
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly sockets: sst.aws.ApiGatewayWebSocket;
};

/** One origin for the pages, the API and the sockets: cookies are first-party, and /metrics leads nowhere. */
export function createRouter({ http, secrets, settings, sockets }: Args) {
  const router = new sst.aws.Router("Router", {
    domain: settings.domain,
    edge: {
      viewerRequest: { injection: secrets.origin.value.apply(withOriginSecret) },
      viewerResponse: { injection: pageHeaders() },
    },
  });
  // A socket's address has the name of its stage as its path, and nothing after it.
  router.route(
    "/api/game/ws",
    sockets.url.apply((url) => url.replace(/^wss/u, "https")),
    {
      rewrite: { regex: "^/api/game/ws$", to: "/$default" },
    },
  );
  router.route("/api", http.url);
  router.route("/health", http.url);
  return router;
}

/** What the functions ask for: whoever comes past CloudFront does not know it. */
function withOriginSecret(secret: string): string {
  return `event.request.headers["x-origin-secret"] = { value: ${JSON.stringify(secret)} };`;
}

/** The headers of web/headers.json on everything that is no answer of ours, which has its own. */
function pageHeaders(): string {
  const text = readFileSync(join($cli.paths.root, "web/headers.json"), "utf8");
  const { every } = JSON.parse(text) as { readonly every: Readonly<Record<string, string>> };
  const all = { ...every, "strict-transport-security": "max-age=31536000" };
  const set = Object.entries(all).map(
    ([name, value]) =>
      `event.response.headers[${JSON.stringify(name.toLowerCase())}] = { value: ${JSON.stringify(value)} };`,
  );
  return `if (!event.request.uri.startsWith("/api")) {\n${set.join("\n")}\n}`;
}
