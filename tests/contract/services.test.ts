import { inlineAuth } from "#core/account/service.ts";
import { inlinePlayers } from "#core/character/service.ts";
import { functionContext } from "#tests/support/function-context.ts";
import { servicesContract } from "./services.ts";
import { type BusRig, overTheBus, servicesOverBusContract } from "./services-over-bus.ts";

servicesContract("in this process", async () => {
  const behind = functionContext();
  return {
    auth: inlineAuth(behind.ctx),
    players: inlinePlayers(behind.ctx),
    behind,
    reachable: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
});

const setup = async (): Promise<BusRig> => {
  const behind = functionContext();
  return {
    caller: behind.ctx.bus,
    behind,
    reachable: async () => {},
    pass: (ms) => behind.clock.advance(ms),
    [Symbol.asyncDispose]: async () => {},
  };
};

servicesContract("over the bus of one process", overTheBus(setup));
servicesOverBusContract("over the bus of one process", setup);
