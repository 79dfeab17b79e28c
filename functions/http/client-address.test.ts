import { expect, test } from "vitest";
import { httpApp, request } from "#tests/support/http-app.ts";

const gateway = "192.0.2.10";
const client = "198.51.100.7";

/** As whose registrations those are counted that come with this header. */
async function countedAs(trustedProxyHops: number, forwardedFor: string | null): Promise<string[]> {
  const { app, ctx } = await httpApp({ TRUSTED_PROXY_HOPS: String(trustedProxyHops) });
  const keys: string[] = [];
  const { take } = ctx.limits;
  ctx.limits.take = (limit, key, nowMs) => {
    keys.push(key);
    return take(limit, key, nowMs);
  };
  const body = { email: "bob@example.org", username: "Bob", password: "correct horse" };
  const headers = forwardedFor === null ? {} : { "x-forwarded-for": forwardedFor };
  await request(app, "POST", "/api/auth/register", { address: gateway, headers, body });
  return keys;
}

test.each<[hops: number, forwardedFor: string | null, key: string]>([
  [0, null, gateway],
  [0, client, gateway],
  [0, `${client}, 203.0.113.1`, gateway],
  [1, client, client],
  [1, `1.1.1.1, 2.2.2.2, ${client}`, client],
  [2, `${client}, 203.0.113.1`, client],
  [2, `1.1.1.1,  ${client} ,203.0.113.1`, client],
  [2, "2001:db8:1:2:3::4, 203.0.113.1", "2001:db8:1:2::/64"],
  [2, "::ffff:198.51.100.7, 203.0.113.1", client],
  [3, `${client}, 203.0.113.1, 203.0.113.2`, client],
  // Fewer than there should be: it did not come through all of them.
  [2, client, gateway],
  [2, null, gateway],
  [1, "", gateway],
  [2, `, ${client}`, gateway],
  [1, "unknown", gateway],
  [1, "198.51.100.7:4711", gateway],
  [1, "[2001:db8::1]:4711", gateway],
  [1, "198.51.100.256", gateway],
  [1, "<script>", gateway],
  [10, Array.from({ length: 5_000 }, () => client).join(), client],
])("with %i trusted hops and X-Forwarded-For %j a request counts as that of %s", async (hops, forwardedFor, key) => {
  expect(await countedAs(hops, forwardedFor)).toEqual([key]);
});
