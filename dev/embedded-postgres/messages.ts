import type { MessagePort } from "node:worker_threads";

/** What the thread is started with. */
export type ThreadData = { readonly dataDir: string; readonly cacheDir: string };

export type ToThread =
  /** A new connection: wire-protocol bytes go both ways over the port. It ends the connection before it. */
  { readonly type: "connect"; readonly port: MessagePort } | { readonly type: "close" };

export type FromThread =
  | { readonly type: "progress"; readonly text: string }
  | { readonly type: "ready" }
  | { readonly type: "refused"; readonly text: string };
