import { randomBytes } from "node:crypto";

const idBytes = 11;

/** 16 characters that end in "=", as API Gateway's ids of connections, messages and requests look: it must be escaped in a path. */
export function awsId(): string {
  return `${randomBytes(idBytes).toString("base64url")}=`;
}
