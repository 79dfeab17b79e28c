import type { Facts } from "../facts.ts";
import type { Body } from "../model.ts";

/** Shaping a world is for its owner and for admins, or for everyone where it is a sandbox. */
export function mayShape(actor: Body, { standing }: Facts): boolean {
  if (actor.role === "admin" || !standing) return actor.role === "admin";
  return standing.isSandbox || standing.isAdmin === true || standing.ownerId === actor.userId;
}
