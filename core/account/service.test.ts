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
  ]);
});
