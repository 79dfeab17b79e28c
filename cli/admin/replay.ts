import { type ReplayUntil, replayWorld } from "#core/world/replay.ts";
import { exitCodes } from "../run.ts";
import { type Command, numberOf, type Values } from "./command.ts";
import { findWorld } from "./find.ts";
import { momentOf } from "./moment.ts";

export const replay: Command = {
  name: "replay",
  usage: "<world> [--to <version or time>]",
  about:
    "Plays a world's log from its first event, up to a version or a moment, and checks the stored snapshots on the way.",
  positionals: 1,
  options: { to: { type: "string" }, at: { type: "string" } },
  async run(ctx, { positionals: [text = ""], values }) {
    const { id, name } = await findWorld(ctx, text);
    const until = untilOf(values);
    const { world, hash, checks } = await replayWorld(ctx.worldLog, id, until);
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

/** A version, or a moment, which `--at` says as well. */
function untilOf(values: Values): ReplayUntil {
  const { to } = values;
  if (typeof to === "string" && /\D/u.test(to)) return { atMs: momentOf("--to", to) };
  const version = numberOf(values, "to", Infinity);
  return values["at"] === undefined ? { version } : { version, atMs: momentOf("--at", String(values["at"])) };
}
