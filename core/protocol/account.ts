import * as z from "zod";
import { commonPasswords } from "./common-passwords.ts";

export const passwordLengthMin = 8;
export const passwordLengthMax = 128;

/** Trimmed and lower-cased before it is checked; stored that way. */
export const email = z.string().max(320).trim().toLowerCase().pipe(z.email().max(254));

export const username = z.string().regex(/^[A-Za-z0-9_-]{3,20}$/, "must be 3 to 20 letters, digits, _ or -");

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
});
export type LoginRequest = z.infer<typeof loginRequest>;

export const userResponse = z.object({
  user_id: z.guid(),
  email: z.string(),
  username: z.string(),
  created_at: z.iso.datetime(),
  last_login: z.iso.datetime().nullable(),
  last_world_id: z.guid().nullable(),
});
export type UserResponse = z.infer<typeof userResponse>;

export const loginResponse = z.object({ token: z.string(), expires_in: z.int(), user: userResponse });
export type LoginResponse = z.infer<typeof loginResponse>;

export const meResponse = userResponse.pick({ user_id: true, email: true, username: true, last_world_id: true });
export type MeResponse = z.infer<typeof meResponse>;
