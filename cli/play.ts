import { linkWorld } from "#client/link-world.ts";
import { OfflineError } from "#client/rest.ts";
import { parsePlay, type PlayArguments, playHelp } from "./play/arguments.ts";
import { chooseCharacter } from "./play/choose-character.ts";
import { playConfigFromEnv, readPlayEnv } from "./play/config.ts";
import { Game } from "./play/game.ts";
import { keepSession } from "./play/kept-sessions.ts";
import { forgetSession, signIn } from "./play/sign-in.ts";
import { coloured, plain } from "./play/style.ts";
import { columnsOf, Gone, openTerminal, type Terminal } from "./play/terminal.ts";
import { keepHistory, keptHistory } from "./play/typed-history.ts";
import { type ExitCode, exitCodes, run } from "./run.ts";

const config = playConfigFromEnv(readPlayEnv());

await run(async (args) => {
  const given = parsePlay(args);
  if (given === null) {
    console.log(playHelp);
    return exitCodes.done;
  }
  if (given.forgets) {
    const wasThere = await forgetSession({ ...given, ...config });
    console.log(wasThere ? "The session is ended and forgotten." : "There is no kept session for this server.");
    return exitCodes.done;
  }
  return play(given);
});

async function play(given: PlayArguments): Promise<ExitCode> {
  const game: { current: Game | null } = { current: null };
  const isPlain = given.isPlain || config.isPlain || !process.stdout.isTTY;
  using terminal = openTerminal({
    input: process.stdin,
    output: process.stdout,
    paint: isPlain ? plain : coloured,
    history: await keptHistory(config.stateDir),
    complete: (line) => game.current?.complete(line) ?? [],
  });
  // A shell that ends it gets back a terminal as it was.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => terminal.end());
  try {
    return await visit(terminal, given, game);
  } catch (error) {
    if (error instanceof Gone) return exitCodes.done;
    if (!(error instanceof OfflineError)) throw error;
    terminal.say("error", `! ${given.origin} does not answer. Does the server run, and is --url right?`);
    return exitCodes.failed;
  } finally {
    if (terminal.isTty) await keepHistory(config.stateDir, terminal.history());
  }
}

async function visit(terminal: Terminal, given: PlayArguments, game: { current: Game | null }): Promise<ExitCode> {
  const { origin } = given;
  const signedIn = await signIn(terminal, { ...given, ...config });
  if (signedIn === null) return exitCodes.refused;
  const { api, user } = signedIn;
  terminal.say("note", `* You are ${user.username} at ${origin}.`);
  const chosen = await chooseCharacter(terminal, api, given.as);
  if (chosen === null) return exitCodes.refused;
  const columns = () => columnsOf(process.stdout);
  game.current = new Game({ terminal, api, linkWorld, origin, ...chosen, mapMode: given.map, columns });
  const ended = await game.current.run();
  if (ended === "left") return exitCodes.done;
  await keepSession(config.stateDir, origin, null);
  return exitCodes.failed;
}
