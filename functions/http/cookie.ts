import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Decided by how clients see this server, not by what a request says of itself. */
export function authCookieName(publicOrigin: string): string {
  return isHttps(publicOrigin) ? "__Host-auth_token" : "auth_token";
}

export function authCookie(c: Context, publicOrigin: string): string | undefined {
  return getCookie(c, authCookieName(publicOrigin));
}

export function setAuthCookie(c: Context, publicOrigin: string, token: string, maxAgeS: number): void {
  setCookie(c, authCookieName(publicOrigin), token, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: maxAgeS,
    secure: isHttps(publicOrigin),
  });
}

export function clearAuthCookie(c: Context, publicOrigin: string): void {
  setAuthCookie(c, publicOrigin, "", 0);
}

export function isHttps(publicOrigin: string): boolean {
  return publicOrigin.startsWith("https:");
}
