import { expect, test } from "vitest";
import { memoryConnections } from "#adapters/memory/connections.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import { connectionOf, connectionsContract } from "./connections.ts";

connectionsContract("the register within one process", async () => ({
  connections: memoryConnections(),
  [Symbol.asyncDispose]: async () => {},
}));

test("one connection more than the bound is refused; taking over and reconnecting are not", async () => {
  const connections = memoryConnections({ connectionsMax: 2 });
  await connections.add(connectionOf("Ada"));
  await connections.add(connectionOf("Bea"));
  await expect(connections.add(connectionOf("Cleo"))).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: 30 });
  const again = connectionOf("Ada", { id: "again" as ConnectionId });
  expect(await connections.add(again)).toEqual(connectionOf("Ada"));
  await connections.remove(again.id);
  expect(await connections.add(connectionOf("Cleo"))).toBeNull();
  await expect(connections.add(connectionOf("Ada"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
