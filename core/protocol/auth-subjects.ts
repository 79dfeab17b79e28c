import * as z from "zod";
import { email, mailedToken, newPassword, registerRequest } from "./account.ts";
import { auditTypes } from "./audit-types.ts";
import { characterRecord } from "./character-record.ts";
import { characterId, sessionId, userId, worldId } from "./record-ids.ts";
import { rpc } from "./subjects.ts";

/** No token of ours comes near it. */
export const tokenLengthMax = 16 * 1024;

const accountRole = z.enum(["user", "admin"]);

/** An account as it is known inside, without its password. Times are milliseconds since 1970. */
export const account = z.object({
  id: userId,
  email: z.string(),
  username: z.string(),
  role: accountRole,
  createdAtMs: z.number(),
  lastLoginAtMs: z.number().nullable(),
  emailVerifiedAtMs: z.number().nullable(),
  lastWorldId: worldId.nullable(),
});

export const principal = z.object({ userId, sessionId, username: z.string().max(200), role: accountRole });

/** Where the caller comes from, as the gateway saw it. */
const address = z.string().max(256).nullable();
/** Whatever the edge lets through for a login, which may grow a little when it is normalised there. */
const password = z.string().max(2048);
const loginInput = z.object({
  email: z.string().max(1024),
  password,
  address,
  isShortLived: z.boolean().optional(),
});
const tokens = z.object({
  token: z.string(),
  expiresInS: z.int(),
  refreshToken: z.string(),
  sessionExpiresInS: z.int(),
});
const loggedIn = tokens.extend({ account });
const refreshInput = z.object({ refreshToken: z.string().max(tokenLengthMax), address });
const session = z.object({ id: sessionId, userId, createdAtMs: z.number(), expiresAtMs: z.number() });
const endSessionInput = z.object({ principal, sessionId });
const passwordInput = z.object({ principal, old: password, new: newPassword });
const verifyInput = z.object({ token: mailedToken, address });
const forgottenInput = z.object({ email, address });
const resetInput = z.object({ token: mailedToken, password: newPassword, address });
const exportInput = z.object({ principal, after: z.int().min(0).nullable() });
const auditEvent = z.object({
  number: z.int(),
  type: z.enum(auditTypes),
  atMs: z.number(),
  userId: userId.nullable(),
  sessionId: sessionId.nullable(),
  address: z.string().nullable(),
});
const worldEvent = z.object({
  position: z.int(),
  worldId,
  version: z.int(),
  type: z.string(),
  payload: z.unknown(),
  recordedAtMs: z.number(),
});
const about = z.object({
  account,
  sessions: z.array(session),
  characters: z.array(characterRecord),
  worlds: z.array(z.object({ id: worldId, name: z.string(), createdAtMs: z.number() })),
  audit: z.array(auditEvent),
});
const interviewEvent = z.object({
  interviewId: z.guid(),
  version: z.int(),
  type: z.string(),
  payload: z.unknown(),
  atMs: z.number(),
});
const biographyEvent = z.object({
  characterId,
  version: z.int(),
  type: z.string(),
  payload: z.unknown(),
  atMs: z.number(),
});
const exportPage = z.object({
  about: about.nullable(),
  interviewEvents: z.array(interviewEvent),
  events: z.array(worldEvent),
  biographyEvents: z.array(biographyEvent),
  next: z.int().nullable(),
});
const deleteInput = z.object({ principal, password });
const tokenInput = z.object({ token: z.string().max(tokenLengthMax) });

export const authRegister = rpc("auth.register", registerRequest.extend({ address }), account);
export const authLogin = rpc("auth.login", loginInput, loggedIn);
export const authValidate = rpc("auth.validate", tokenInput, principal);
export const authRefresh = rpc("auth.refresh", refreshInput, tokens);
export const authLogout = rpc("auth.logout", principal, z.void());
export const authMe = rpc("auth.me", principal, account);
export const authSessions = rpc("auth.sessions", principal, z.array(session));
export const authEndSession = rpc("auth.end-session", endSessionInput, z.void());
export const authEndOtherSessions = rpc("auth.end-other-sessions", principal, z.int());
export const authPassword = rpc("auth.password", passwordInput, z.int());
export const authVerification = rpc("auth.email-verification", principal, z.void());
export const authVerify = rpc("auth.verify-email", verifyInput, z.void());
export const authForgotten = rpc("auth.password-forgotten", forgottenInput, z.void());
export const authReset = rpc("auth.reset-password", resetInput, z.void());
export const authExport = rpc("auth.export", exportInput, exportPage);
export const authDelete = rpc("auth.delete", deleteInput, z.void());
