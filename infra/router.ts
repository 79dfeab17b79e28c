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
      viewerRequest: {
        injection: $interpolate`event.request.headers["x-origin-secret"] = { value: ${secrets.origin.value.apply((it) => JSON.stringify(it))} };`,
      },
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
