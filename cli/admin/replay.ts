import { replayWorld } from "#core/world/replay.ts";
import { exitCodes, UsageError } from "../run.ts";
import { type Command, numberOf, type Values } from "./command.ts";
import { findWorld } from "./find.ts";

export const replay: Command = {
  name: "replay",
  usage: "<world> [--to N] [--at time]",
  about:
    "Plays a world's log from its first event, up to a version or a moment, and checks the stored snapshots on the way.",
  positionals: 1,
  options: { to: { type: "string" }, at: { type: "string" } },
  async run(ctx, { positionals: [text = ""], values }) {
    const { id, name } = await findWorld(ctx, text);
    const version = numberOf(values, "to", Infinity);
    const { world, hash, checks } = await replayWorld(ctx.worldLog, id, { version, atMs: momentOf(values) });
    const { version: reached, bodies, clock } = world.state;
    const wrong = checks.filter(({ stored, replayed }) => stored !== replayed);
    const lines = [
      `${name} at version ${reached}: hash ${hash}, ${bodies.size} characters.`,
      ...wrong.map((each) => `Version ${each.version}: the snapshot has ${each.stored}, the replay ${each.replayed}.`),
      `${checks.length - wrong.length} of ${checks.length} snapshots agree.`,
    ];
    return {
      json: { id, name, version: reached, hash, characters: bodies.size, clock, checks },
      text: lines.join("\n"),
      exitCode: wrong.length === 0 ? exitCodes.done : exitCodes.failed,
    };
  },
};

function momentOf(values: Values): number {
  const { at } = values;
  if (at === undefined) return Infinity;
  const ms = Date.parse(String(at));
  if (Number.isNaN(ms)) throw new UsageError("--at must be a time such as 2030-01-31T12:00:00Z.");
  return ms;
}
