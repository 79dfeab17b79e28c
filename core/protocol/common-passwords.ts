/** Refused at registration, in lower case. Replaced by the list of the auth helper. */
export const commonPasswords: ReadonlySet<string> = new Set(["password", "12345678"]);
