import { test } from "vitest";
import { findNats, type NatsServer, natsServer, type NatsServerOptions } from "#dev/servers/nats.ts";
import { startInOwnHome } from "./server-home.ts";

export { findNats as findNatsServer, type NatsServer } from "#dev/servers/nats.ts";

/** A test that fails in CI, and says elsewhere that nothing was tested, where there is no server. */
export function testNatsServerIsHere(): void {
  test.runIf(findNats() === null)("nats-server is on this machine", () => {
    const message = "no nats-server here (scripts/install-nats.sh gets it): nothing was tested on a real server";
    if (process.env["CI"] === "true") throw new Error(message);
    console.warn(message);
  });
}

/** A real nats-server of the test's own, on free ports of the loopback, with JetStream on disk. */
export function startNatsServer(
  program: string,
  options: Pick<NatsServerOptions, "token" | "passwords" | "tls"> = {},
): Promise<NatsServer> {
  return startInOwnHome("nats", (home) => natsServer(program, home, { ...options, sharesTerminal: true }));
}
