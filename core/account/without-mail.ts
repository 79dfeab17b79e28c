import { AppError } from "../lib/errors.ts";

/** UNAVAILABLE for everybody where there is no way to send mail: nobody is to wait for what never comes. */
export function refuseWithoutMail({ accountPolicy }: { accountPolicy: { readonly sendsMail: boolean } }): void {
  if (!accountPolicy.sendsMail) throw new AppError("UNAVAILABLE", "This server cannot send mail.");
}
