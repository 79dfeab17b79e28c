import { memoryMail } from "#adapters/memory/mail.ts";
import { deliverLetters } from "#core/account/deliver-letters.ts";
import { expect } from "vitest";
import { functionContext } from "./function-context.ts";

export const ann = { email: "ann@example.org", username: "Ann", password: "correct horse", address: "198.51.100.1" };

/** Everything in memory, and a mailbox that gets what is due when the test says so. */
export function mailRig() {
  const base = functionContext();
  const mail = memoryMail();
  const ctx = { ...base.ctx, mail };
  const deliver = async () => {
    const before = mail.sent.length;
    while (await deliverLetters(ctx)) await base.clock.advance(0);
    return mail.sent.slice(before);
  };
  return { ...base, ctx, mail, deliver, audited: () => base.tables.audit.map(({ type }) => type) };
}

/** Out of the link in a mail. */
export function tokenIn(text: string | undefined): string {
  const [, token] = /#token=(\S+)/.exec(text ?? "") ?? [];
  expect(token, text).toBeDefined();
  return token!;
}
