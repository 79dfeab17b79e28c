import type { Sdk, SdkOptions } from "./sdk.ts";

/**
 * The same client, loaded by the first who needs it: its code costs a third of what a function takes to start, and most functions never post, or only with what `lean-posts.ts` needs of it.
 */
export function lateSdk(options: SdkOptions): Sdk {
  let loading: Promise<Sdk> | null = null;
  let loaded: Sdk | null = null;
  const sdk = (): Promise<Sdk> =>
    (loading ??= import("./sdk.ts").then(({ connectSdk }) => (loaded = connectSdk(options))));
  return {
    post: async (...args) => (await sdk()).post(...args),
    close: async (...args) => (await sdk()).close(...args),
    credentials: async () => options.credentials ?? (await sdk()).credentials(),
    // What it has not been told, it does not know.
    clockOffsetMs: () => loaded?.clockOffsetMs() ?? 0,
    [Symbol.dispose]: () => void loading?.then((own) => own[Symbol.dispose]()).catch(() => undefined),
  };
}
