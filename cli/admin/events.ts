import type { StoredEvent } from "#core/ports/world-log.ts";
import { type Command, numberOf } from "./command.ts";
import { findWorld } from "./find.ts";

const eventsPerReadMax = 500;
const lookAgainMs = 500;

export const events: Command = {
  name: "events",
  usage: "<world> [--from N] [--to N] [--follow]",
  about:
    "The log of a world, from a version to a version, both included; --follow waits for more. --json: an event a line.",
  positionals: 1,
  options: { from: { type: "string" }, to: { type: "string" }, follow: { type: "boolean" } },
  async run(ctx, { positionals: [text = ""], values }) {
    const { id } = await findWorld(ctx, text);
    const stopping = new AbortController();
    process.once("SIGINT", () => stopping.abort());
    const last = numberOf(values, "to", Infinity);
    let version = Math.max(0, numberOf(values, "from", 1) - 1);
    while (!stopping.signal.aborted && version < last) {
      const read = await ctx.worldLog.read(id, version, Math.min(eventsPerReadMax, last - version));
      for (const event of read) console.log(values["json"] === true ? JSON.stringify(event) : line(event));
      version = read.at(-1)?.version ?? version;
      if (read.length > 0) continue;
      if (values["follow"] !== true) break;
      await ctx.clock.sleep(lookAgainMs, stopping.signal);
    }
    return { json: null, text: "" };
  },
};

function line({ version, type, payload, metadata }: StoredEvent): string {
  const { atMs } = metadata as { atMs?: number };
  const when = atMs === undefined ? "-" : new Date(atMs).toISOString();
  // JSON escapes what would move the cursor, but for the controls above the Latin letters.
  return `${version}  ${when}  ${type}  ${JSON.stringify(payload).replaceAll(/\p{Cc}/gu, " ")}`;
}
