import { costHelp, loadFrom } from "./cost/arguments.ts";
import { costPage, costText } from "./cost/page.ts";
import { exitCodes, run } from "./run.ts";

await run(async (args) => {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
    console.log(costHelp);
    return args.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  console.log(args.includes("--page") ? costPage().trimEnd() : costText(loadFrom(args)));
  return exitCodes.done;
});
