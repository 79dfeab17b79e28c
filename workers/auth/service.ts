import { inlineAuth } from "#core/account/service.ts";
import {
  authEndOtherSessions,
  authEndSession,
  authLogin,
  authLogout,
  authMe,
  authPassword,
  authRefresh,
  authRegister,
  authSessions,
  authValidate,
} from "#core/protocol/auth-subjects.ts";
import { lane } from "../lib/lane.ts";
import { served } from "../lib/served.ts";
import type { AuthWorkerContext } from "./context.ts";

/** Whatever hashes passwords, at once in one process: more than `Passwords` lets wait, so that its own refusal comes first. */
export const passwordsUnderWayMax = 128;
/** Everything else: a few milliseconds each, and every request of every player begins with one. */
export const checksUnderWayMax = 1_000;

export type AuthServiceOptions = { readonly passwordsUnderWayMax?: number; readonly checksUnderWayMax?: number };

/** Answers `auth.*` until it is disposed of. Passwords have a lane of their own: however slow they are, tokens are checked. */
export function startAuthService(ctx: AuthWorkerContext, options: AuthServiceOptions = {}): AsyncDisposable {
  const { bus } = ctx;
  const auth = inlineAuth(ctx);
  const passwords = lane(options.passwordsUnderWayMax ?? passwordsUnderWayMax);
  const checks = lane(options.checksUnderWayMax ?? checksUnderWayMax);

  return served(ctx, "auth", [
    bus.serve(authRegister, (input) => passwords(() => auth.register(input))),
    bus.serve(authLogin, (input) => passwords(() => auth.login(input))),
    bus.serve(authValidate, ({ token }) => checks(() => auth.validate(token))),
    bus.serve(authLogout, (principal) => checks(() => auth.logout(principal))),
    bus.serve(authMe, (principal) => checks(() => auth.me(principal))),
    bus.serve(authPassword, (input) => passwords(() => auth.changePassword(input))),
    bus.serve(authRefresh, (input) => checks(() => auth.refresh(input))),
    bus.serve(authSessions, (principal) => checks(() => auth.sessions(principal))),
    bus.serve(authEndSession, (input) => checks(() => auth.endSession(input))),
    bus.serve(authEndOtherSessions, (principal) => checks(() => auth.endOtherSessions(principal))),
  ]);
}
