import { inlineAuth } from "#core/account/service.ts";
import {
  authDelete,
  authEndOtherSessions,
  authEndSession,
  authExport,
  authForgotten,
  authLogin,
  authLogout,
  authMe,
  authPassword,
  authRefresh,
  authRegister,
  authReset,
  authSessions,
  authValidate,
  authVerification,
  authVerify,
} from "#core/protocol/auth-subjects.ts";
import { lane } from "../lib/lane.ts";
import { served } from "../lib/served.ts";
import type { AuthWorkerContext } from "./context.ts";

/** Whatever hashes passwords, at once in one process: more than `Passwords` lets wait, so that its own refusal comes first. */
export const passwordsUnderWayMax = 128;
/** Everything else: a few milliseconds each, and every request of every player begins with one. */
export const checksUnderWayMax = 1_000;

/** Each reads a part of the log that is not read otherwise. */
export const exportsUnderWayMax = 2;

export type AuthServiceOptions = {
  readonly passwordsUnderWayMax?: number;
  readonly checksUnderWayMax?: number;
  readonly exportsUnderWayMax?: number;
};

/** Answers `auth.*` until it is disposed of. Passwords have a lane of their own: however slow they are, tokens are checked. */
export function startAuthService(ctx: AuthWorkerContext, options: AuthServiceOptions = {}): AsyncDisposable {
  const { bus } = ctx;
  const auth = inlineAuth(ctx);
  const passwords = lane(options.passwordsUnderWayMax ?? passwordsUnderWayMax);
  const checks = lane(options.checksUnderWayMax ?? checksUnderWayMax);
  const exports = lane(options.exportsUnderWayMax ?? exportsUnderWayMax);

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
    bus.serve(authVerification, (principal) => checks(() => auth.requestEmailVerification(principal))),
    bus.serve(authVerify, (input) => checks(() => auth.verifyEmail(input))),
    bus.serve(authForgotten, (input) => checks(() => auth.requestPasswordReset(input))),
    bus.serve(authReset, (input) => passwords(() => auth.resetPassword(input))),
    bus.serve(authDelete, (input) => passwords(() => auth.deleteAccount(input))),
    bus.serve(authExport, (input) => exports(() => auth.exportAccount(input))),
  ]);
}
