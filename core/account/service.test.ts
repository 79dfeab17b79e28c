import { expect, test } from "vitest";
import { recordingBus } from "#tests/support/recording-bus.ts";
import { userId, sessionId } from "#tests/support/records.ts";
import { remoteAuth } from "./service.ts";

const principal = { userId: userId(1), sessionId: sessionId(1), username: "Ann", role: "user" } as const;
const credentials = { email: "ann@example.org", password: "correct horse", address: null };

test("each verb is asked on its own subject, with what it was given, and for no longer than its own time", async () => {
  const { bus, asked } = recordingBus();
  const auth = remoteAuth(bus, {
    register: 1,
    login: 2,
    validate: 3,
    logout: 4,
    me: 5,
    refresh: 6,
    sessions: 7,
    endSession: 8,
    endOtherSessions: 9,
    changePassword: 10,
    requestEmailVerification: 11,
    verifyEmail: 12,
    requestPasswordReset: 13,
    resetPassword: 14,
    exportAccount: 15,
    deleteAccount: 16,
  });
  await auth.register({ ...credentials, username: "Ann" });
  await auth.login(credentials);
  await auth.validate("a token");
  await auth.logout(principal);
  await auth.me(principal);
  await auth.refresh({ refreshToken: "a refresh token", address: null });
  await auth.sessions(principal);
  await auth.endSession({ principal, sessionId: sessionId(2) });
  await auth.endOtherSessions(principal);
  await auth.changePassword({ principal, old: "correct horse", new: "battery staple" });
  await auth.requestEmailVerification(principal);
  await auth.verifyEmail({ token: "a token", address: null });
  await auth.requestPasswordReset({ email: credentials.email, address: null });
  await auth.resetPassword({ token: "a token", password: "battery staple", address: null });
  await auth.exportAccount({ principal, after: 7 });
  await auth.deleteAccount({ principal, password: "correct horse" });
  expect(asked).toEqual([
    ["auth.register", { ...credentials, username: "Ann" }, 1],
    ["auth.login", credentials, 2],
    ["auth.validate", { token: "a token" }, 3],
    ["auth.logout", principal, 4],
    ["auth.me", principal, 5],
    ["auth.refresh", { refreshToken: "a refresh token", address: null }, 6],
    ["auth.sessions", principal, 7],
    ["auth.end-session", { principal, sessionId: sessionId(2) }, 8],
    ["auth.end-other-sessions", principal, 9],
    ["auth.password", { principal, old: "correct horse", new: "battery staple" }, 10],
    ["auth.email-verification", principal, 11],
    ["auth.verify-email", { token: "a token", address: null }, 12],
    ["auth.password-forgotten", { email: credentials.email, address: null }, 13],
    ["auth.reset-password", { token: "a token", password: "battery staple", address: null }, 14],
    ["auth.export", { principal, after: 7 }, 15],
    ["auth.delete", { principal, password: "correct horse" }, 16],
  ]);
});
