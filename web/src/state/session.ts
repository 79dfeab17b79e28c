import { signal } from "@preact/signals";
import { createApi } from "#client/api.ts";
import { createRest } from "#client/rest.ts";
import type { MeResponse } from "#core/protocol/account.ts";
import { forgetVisits } from "./visit.ts";

export type Session =
  /** Not asked yet, or nobody could be asked. */
  | { readonly kind: "unknown"; readonly isOffline: boolean }
  | { readonly kind: "out" }
  | { readonly kind: "in"; readonly user: MeResponse };

export const session = signal<Session>({ kind: "unknown", isOffline: false });

/** The cookie proves who asks; no script can read it. */
export const rest = createRest({ origin: "", onSignedOut: () => (session.value = { kind: "out" }) });
export const api = createApi(rest);

export async function findSession(): Promise<void> {
  try {
    session.value = { kind: "in", user: await api.me() };
  } catch {
    if (session.value.kind === "unknown") session.value = { kind: "unknown", isOffline: true };
  }
}

export async function signOut(): Promise<void> {
  await api.logout();
  if (session.value.kind === "in") forgetVisits(session.value.user.user_id);
  session.value = { kind: "out" };
}
