import type { OutgoingMail } from "../ports/mail.ts";
import type { LetterKind } from "./letter.ts";

export type MailFacts = {
  readonly to: string;
  /** null where there is no account any more. */
  readonly username: string | null;
  readonly atMs: number;
  readonly linkBase: string;
  /** For the kinds that carry one. */
  readonly token: string;
  readonly tokenLifetimeMs: number;
};

/** Plain text: what a person types into a username or an address can do nothing in it. */
export function mailText(kind: LetterKind, facts: MailFacts): OutgoingMail {
  const { subject, lines } = words[kind](facts);
  const greeting = facts.username === null ? "Hello," : `Hello ${facts.username},`;
  return { to: facts.to, subject, text: [greeting, "", ...lines, "", "Thousand Worlds", ""].join("\n") };
}

type Words = (facts: MailFacts) => { readonly subject: string; readonly lines: readonly string[] };

const words: Readonly<Record<LetterKind, Words>> = {
  "verify-email": (facts) => ({
    subject: "Confirm your e-mail address",
    lines: [
      "please confirm that this is your address, within the next " + span(facts.tokenLifetimeMs) + ":",
      "",
      link(facts, "verify-email"),
      "",
      "If you did not make an account with this address, ignore this mail.",
    ],
  }),
  "reset-password": (facts) => ({
    subject: "Choose a new password",
    lines: [
      "somebody, we hope you, has forgotten the password of this account. Choose another within the next " +
        span(facts.tokenLifetimeMs) +
        ":",
      "",
      link(facts, "reset-password"),
      "",
      "The link works once, and only the newest one does. All your devices will have to log in again.",
      "If it was not you, ignore this mail: your password stays as it is.",
    ],
  }),
  "password-changed": (facts) => ({
    subject: "Your password was changed",
    lines: [`the password of your account was changed on ${moment(facts)}.`, "", ...ifNotYou(facts)],
  }),
  "password-reset": (facts) => ({
    subject: "Your password was reset",
    lines: [
      `a new password was chosen for your account on ${moment(facts)}, with a link from a mail to you. All sessions have ended.`,
      "",
      ...ifNotYou(facts),
    ],
  }),
  "account-deleted": (facts) => ({
    subject: "Your account was deleted",
    lines: [`your account was deleted on ${moment(facts)}. This is the last mail that we send to you.`],
  }),
};

function ifNotYou({ linkBase }: MailFacts): string[] {
  return [`If it was not you, choose another one at once: ${linkBase}/forgot-password`];
}

/** After the #, which browsers send to nobody: neither logs nor other sites get to see it. */
function link({ linkBase, token }: MailFacts, page: string): string {
  return `${linkBase}/${page}#token=${token}`;
}

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

const moments = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

function moment({ atMs }: MailFacts): string {
  return `${moments.format(atMs)} UTC`;
}
