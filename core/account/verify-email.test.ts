import { expect, test } from "vitest";
import { ann, mailRig, tokenIn } from "#tests/support/mail-rig.ts";
import { checkToken } from "./check-token.ts";
import { getMe } from "./get-me.ts";
import { login } from "./login.ts";
import { register } from "./register.ts";
import { requestEmailVerification, verifyEmail } from "./verify-email.ts";

async function setup() {
  const rig = mailRig();
  await register(rig.ctx, ann);
  const principal = await checkToken(rig.ctx, (await login(rig.ctx, ann)).token);
  const verify = (token: string) => verifyEmail(rig.ctx, { token, address: ann.address });
  const isVerified = async () => (await getMe(rig.ctx, principal)).emailVerifiedAtMs !== null;
  return { ...rig, principal, verify, isVerified };
}

test("who registers is sent a link, and whoever shows it has verified the address, once", async () => {
  const { deliver, verify, isVerified, audited } = await setup();
  const [mail] = await deliver();
  expect(mail).toMatchObject({ to: ann.email, subject: "Confirm your e-mail address" });
  expect(mail?.text).toContain("http://localhost:8080/verify-email#token=");
  expect(await isVerified()).toBe(false);
  await verify(tokenIn(mail?.text));
  expect(await isVerified()).toBe(true);
  await expect(verify(tokenIn(mail?.text))).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(audited()).toContain("email-verified");
});

test("another link may be asked for until it is verified, a bounded number of times; only the newest works", async () => {
  const { ctx, clock, principal, deliver, verify } = await setup();
  const first = tokenIn((await deliver())[0]?.text);
  await requestEmailVerification(ctx, principal);
  const second = tokenIn((await deliver())[0]?.text);
  await expect(verify(first)).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (let n = 1; n < 5; n++) await requestEmailVerification(ctx, principal);
  await expect(requestEmailVerification(ctx, principal)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await verify(second);
  await clock.advance(3_600_000);
  await requestEmailVerification(ctx, principal);
  expect(await deliver()).toEqual([]);
});

test("after a day the link is over", async () => {
  const { ctx, clock, deliver, verify } = await setup();
  const token = tokenIn((await deliver())[0]?.text);
  await clock.advance(ctx.accountPolicy.verifyTokenLifetimeMs);
  await expect(verify(token)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("guessing is limited by place", async () => {
  const { verify } = await setup();
  for (let n = 0; n < 20; n++) await expect(verify(`guess ${n}`)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(verify("guess")).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

test("a registration does not fail because no mail can be kept, and sends none where there is no way to", async () => {
  const { ctx, lines, tables } = mailRig();
  const letters = { ...ctx.letters, put: () => Promise.reject(new Error("full")) };
  expect(await register({ ...ctx, letters }, ann)).toMatchObject({ email: ann.email });
  expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  const silent = { ...ctx, accountPolicy: { ...ctx.accountPolicy, sendsMail: false } };
  const bob = await register(silent, { ...ann, email: "bob@example.org", username: "Bob" });
  expect(tables.letters.size).toBe(0);
  const principal = { userId: bob.id, username: "Bob", role: "user" as const, sessionId: bob.id as never };
  await expect(requestEmailVerification(silent, principal)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
