import { signal } from "@preact/signals";

/** What the browser believes; a link that does not answer says so itself. */
export const isOnline = signal(navigator.onLine);
addEventListener("online", () => (isOnline.value = true));
addEventListener("offline", () => (isOnline.value = false));

type Policy = { createScriptURL(url: string): string };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

const workerUrl = "/service-worker.js";

/** The shell of the client is kept for when there is no network. Vite's own server has none. */
export function keepShell(): void {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  // Where scripts must be trusted, this one is, and none other can be.
  const policy = trustedTypes?.createPolicy("thousand-worlds", { createScriptURL: () => workerUrl });
  const url = policy?.createScriptURL(workerUrl) ?? workerUrl;
  navigator.serviceWorker.register(url, { updateViaCache: "none" }).catch(() => {
    // Without it everything works but the page without a network.
  });
}
