import * as z from "zod";
import { commonPasswords } from "./common-passwords.ts";
import { isReservedName } from "./reserved-names.ts";

export const passwordLengthMin = 8;
export const passwordLengthMax = 128;

/** Trimmed and lower-cased before it is checked; stored that way. */
export const email = z.string().max(320).trim().toLowerCase().pipe(z.email().max(254));

export const username = z
  .string()
  .regex(/^[A-Za-z0-9_-]{3,20}$/, "must be 3 to 20 letters, digits, _ or -")
  .refine((text) => !isReservedName(text), "could be taken for somebody who speaks for this server; choose another");

/** NFC-normalised once, before everything; lengths count code points. */
export const newPassword = z
  .string()
  .max(4 * passwordLengthMax)
  .transform((text) => text.normalize("NFC"))
  .refine((text) => [...text].length >= passwordLengthMin, `must have at least ${passwordLengthMin} characters`)
  .refine((text) => [...text].length <= passwordLengthMax, `must have at most ${passwordLengthMax} characters`)
  .refine((text) => !commonPasswords.has(text.toLowerCase()), "is one of the most common passwords; choose another");

export const registerRequest = z.object({ email, username, password: newPassword });
export type RegisterRequest = z.infer<typeof registerRequest>;

export const loginRequest = z.object({
  email: z.string().max(320).trim().toLowerCase(),
  password: z
    .string()
    .max(4 * passwordLengthMax)
    .transform((text) => text.normalize("NFC")),
  /** Whoever is going to refresh them may have tokens that live for minutes instead of as long as the session. */
  short_lived: z.boolean().optional(),
});
export type LoginRequest = z.infer<typeof loginRequest>;

export const refreshRequest = z.object({ refresh_token: z.string().max(4096) });

export const passwordRequest = z.object({ old: loginRequest.shape.password, new: newPassword });

/** 256 bits in base64url; room for other forms to come. */
export const mailedToken = z.string().min(1).max(256);

export const verifyEmailRequest = z.object({ token: mailedToken });
export const forgottenRequest = z.object({ email });
export const resetRequest = z.object({ token: mailedToken, password: newPassword });
export const deleteAccountRequest = z.object({ password: loginRequest.shape.password });

export const userResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  email_verified: z.boolean(),
  username: z.string(),
  created_at: z.iso.datetime(),
  last_login: z.iso.datetime().nullable(),
  last_world_id: z.guid().nullable(),
});
export type UserResponse = z.infer<typeof userResponse>;

export const refreshResponse = z.object({ token: z.string(), refresh_token: z.string(), expires_in: z.int() });
export type RefreshResponse = z.infer<typeof refreshResponse>;

export const loginResponse = refreshResponse.extend({ user: userResponse });
export type LoginResponse = z.infer<typeof loginResponse>;

export const sessionsResponse = z.object({
  sessions: z.array(
    z.object({
      session_id: z.guid(),
      created_at: z.iso.datetime(),
      expires_at: z.iso.datetime(),
      /** That of this very request. */
      is_current: z.boolean(),
    }),
  ),
});
export type SessionsResponse = z.infer<typeof sessionsResponse>;

export const sessionsEndedResponse = z.object({ message: z.string(), sessions_ended: z.int() });
export type SessionsEndedResponse = z.infer<typeof sessionsEndedResponse>;

export const meResponse = userResponse
  .pick({ user_id: true, email: true, email_verified: true, username: true, last_world_id: true })
  /** "admin" has a console. */
  .extend({ role: z.enum(["user", "admin"]) });
export type MeResponse = z.infer<typeof meResponse>;
