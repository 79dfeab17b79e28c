import type { Limit, Limits, Clock } from "../ports.ts";
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

/** IPv4 as it is, IPv6 by its /64, because one subscriber holds all of that; "loopback" for this machine. */
export function addressKey(address: string): string {
  const text = address.toLowerCase().replace(/%.*$/, "");
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)?.[1];
  if (v4 !== undefined) return v4.startsWith("127.") ? "loopback" : v4;
  const groups = ipv6Groups(text);
  if (groups === null) return text.slice(0, 64);
  if (groups.join(":") === "0:0:0:0:0:0:0:1") return "loopback";
  return `${groups.slice(0, 4).join(":")}::/64`;
}

function ipv6Groups(text: string): string[] | null {
  const halves = text.split("::");
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || missing < 0 || (halves.length === 1 && missing !== 0)) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return groups.map((group) => group.replace(/^0+(?=.)/, ""));
}
