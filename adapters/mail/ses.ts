import { SendEmailCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { AppError } from "#core/lib/errors.ts";
import type { Mail } from "#core/ports/mail.ts";

export type SesOptions = {
  /** An address or domain that is verified with SES. */
  readonly from: string;
  readonly region: string;
  /** Another than AWS' own, for tests. */
  readonly endpoint?: string;
};

/** The address cannot be written to, or nothing from here will ever be taken as it is. */
const hopeless = new Set(["MessageRejected", "BadRequestException"]);

/** Amazon SES. Tries once: whoever keeps the letters tries again. */
export function sesMail({ from, region, endpoint }: SesOptions): Mail {
  const client = new SESv2Client({ region, maxAttempts: 1, ...(endpoint !== undefined && { endpoint }) });
  const utf8 = (text: string) => ({ Data: text, Charset: "UTF-8" });
  return {
    async send({ to, subject, text }, abortSignal) {
      const command = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
      });
      try {
        await client.send(command, { abortSignal });
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

/** What the SDK throws quotes addresses in its words: only its name goes on. */
function failureOf(error: unknown): AppError {
  const name = error instanceof Error ? error.name : "unknown";
  return new AppError(
    hopeless.has(name) ? "INVALID_INPUT" : "UNAVAILABLE",
    `The mail could not be handed to SES (${name.slice(0, 100)}).`,
  );
}
