import type { Limit, Limits } from "../ports/limits.ts";
import type { Clock } from "../ports/system.ts";
import { withinLimit } from "./within-limit.ts";

/** Like `withinLimit`, by the caller's address; an unknown address shares one bucket with every other unknown one. */
export async function withinAddressLimit(
  ctx: { limits: Limits; clock: Clock; accountPolicy: { limitsLoopback: boolean } },
  limit: Limit,
  address: string | null,
): Promise<void> {
  const key = address === null ? "unknown" : addressKey(address);
  if (key === "loopback" && !ctx.accountPolicy.limitsLoopback) return;
  await withinLimit(ctx, limit, key);
}

/** IPv4 as it is, however it is written, IPv6 by its /64, because one subscriber holds all of that; "loopback" for this machine. */
export function addressKey(address: string): string {
  const text = address.toLowerCase().replace(/%.*$/, "");
  const groups = ipv6Groups(text);
  const v4 = groups === null ? text : mappedV4(groups);
  if (v4 !== null) return isV4(v4) && v4.startsWith("127.") ? "loopback" : v4.slice(0, 64);
  if (groups?.join(":") === "0:0:0:0:0:0:0:1") return "loopback";
  return `${groups?.slice(0, 4).join(":")}::/64`;
}

/** Eight groups without leading zeros; null for what is no IPv6 address. */
function ipv6Groups(address: string): string[] | null {
  const text = address.replace(/(?<=:)\d+\.\d+\.\d+\.\d+$/, (v4) => (isV4(v4) ? hexGroups(v4) : v4));
  const halves = text.split("::");
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || missing < 0 || (halves.length === 1 && missing !== 0)) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return groups.map((group) => group.replace(/^0+(?=.)/, ""));
}

function isV4(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);
}

function hexGroups(v4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split(".").map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** What a socket that listens for both calls an IPv4 address: ::ffff:a.b.c.d. null for any other. */
function mappedV4(groups: readonly string[]): string | null {
  if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return null;
  const bytes = groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join(".");
}
