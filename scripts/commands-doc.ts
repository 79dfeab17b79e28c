import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { manual } from "#core/command/manual.ts";

// Writes docs/commands.md. tests/house/commands-doc.test.ts fails while it is not what the registry says.

writeFileSync(join(import.meta.dirname, "../docs/commands.md"), manual());
