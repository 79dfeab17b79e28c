import type { Clients } from "#core/ports/clients.ts";
import type { Clock } from "#core/ports/system.ts";
import { lateSdk } from "./late-sdk.ts";
import { leanPosts } from "./lean-posts.ts";
import { orderedPosts } from "./ordered-posts.ts";
import type { PostPolicy } from "./ordered-posts.ts";
import type { SigningCredentials } from "./sigv4.ts";
import { slots } from "./slots.ts";

export type ApiGatewayClientsOptions = {
  /** Without "/@connections": https://<domain>/<stage>, or the stand-in's. */
  readonly endpoint: string;
  readonly region: string;
  /** Absent: whatever the SDK finds, in Lambda the function's role. */
  readonly credentials?: SigningCredentials;
  readonly clock: Clock;
  /** "lean" (the default) signs and posts by itself; "sdk" leaves that to the SDK, the reference, at four times the CPU. */
  readonly posts?: "lean" | "sdk";
  readonly policy?: PostPolicy;
  readonly socketsMax?: number;
  readonly waitingMax?: number;
  readonly requestMsMax?: number;
};

const defaults = { posts: "lean", socketsMax: 50, waitingMax: 10_000, requestMsMax: 5000, connectMsMax: 2000 } as const;

/** Frames out through `@connections`. Holds sockets open until it is disposed of. */
export function apiGatewayClients(options: ApiGatewayClientsOptions): Clients & Disposable {
  const { clock, policy, posts, waitingMax, ...gateway } = { ...defaults, ...options };
  const open = new DisposableStack();
  const sdk = open.use(lateSdk(gateway));
  const { post } = posts === "sdk" ? sdk : open.use(leanPosts({ ...gateway, sdk, clock }));
  const inSlot = slots({ runningMax: gateway.socketsMax, waitingMax });
  const clients = orderedPosts({
    clock,
    ...(policy !== undefined && { policy }),
    attempt: (id, frame) => inSlot(() => post(id, frame)),
    close: (id) => inSlot(() => sdk.close(id)),
  });
  return { ...clients, [Symbol.dispose]: () => open.dispose() };
}
