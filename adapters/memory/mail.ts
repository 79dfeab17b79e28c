import type { Mail, OutgoingMail } from "#core/ports/mail.ts";

export type MemoryMail = Mail & {
  readonly sent: readonly OutgoingMail[];
  /** From now on sending fails so; null: no longer. */
  failWith(error: Error | null): void;
};

/** Keeps what it was given. */
export function memoryMail(): MemoryMail {
  const sent: OutgoingMail[] = [];
  let failure: Error | null = null;
  return {
    sent,
    failWith: (error) => void (failure = error),
    async send(mail) {
      if (failure !== null) throw failure;
      sent.push(mail);
    },
  };
}
