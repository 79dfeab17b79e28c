import type { Mail } from "#core/ports/mail.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { fileMail } from "./file.ts";

/** How mail leaves. */
export type MailConfig =
  | { readonly way: "none" }
  | { readonly way: "file"; readonly directory: string }
  | { readonly way: "ses"; readonly from: string };

/** null: not at all. The SDK is only loaded where it is used. */
export async function openMail(
  config: MailConfig,
  ctx: { clock: Clock; log: Log; region: string },
): Promise<Mail | null> {
  switch (config.way) {
    case "none":
      return null;
    case "file":
      return fileMail(config.directory, ctx);
    case "ses": {
      const { sesMail } = await import("./ses.ts");
      return sesMail({ from: config.from, region: ctx.region });
    }
  }
}
