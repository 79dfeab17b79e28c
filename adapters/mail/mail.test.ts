import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manualClock } from "../memory/clock.ts";
import { memoryMail } from "../memory/mail.ts";
import { fileMail, filesKeptMax } from "./file.ts";
import { openMail } from "./open-mail.ts";
import { sesMail } from "./ses.ts";

const mail = { to: "ann@example.org", subject: "Hällo", text: "a link with token=s3cret\n" };
const never = new AbortController().signal;

describe("mail into files", () => {
  let home: string;
  beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), "mail-"))));
  afterAll(() => rm(home, { recursive: true, force: true }));

  const setup = (directory: string) => {
    const lines: object[] = [];
    const log = { debug() {}, info: (fields: object) => void lines.push(fields), warn() {}, error() {} };
    return { mailer: fileMail(join(home, directory), { clock: manualClock(0), log }), lines };
  };

  test("each is a file of its own that only its owner may read, and the log says where without what", async () => {
    const { mailer, lines } = setup("new/mail");
    await mailer.send(mail, never);
    await mailer.send({ ...mail, to: "bob@example.org" }, never);
    const names = await readdir(join(home, "new/mail"));
    expect(names).toHaveLength(2);
    expect(lines).toHaveLength(2);
    const { file } = lines[0] as { file: string };
    expect(await readFile(file, "utf8")).toBe("To: ann@example.org\nSubject: Hällo\n\na link with token=s3cret\n");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(lines)).not.toMatch(/s3cret|example\.org/);
  });

  test("of many the newest are kept, and nothing that is no mail is touched", async () => {
    const { mailer } = setup("full");
    await mailer.send(mail, never);
    const [first = ""] = await readdir(join(home, "full"));
    for (let n = 0; n < filesKeptMax; n++)
      await writeFile(join(home, "full", `2999-${String(n).padStart(4, "0")}.txt`), "");
    await writeFile(join(home, "full", "0000.note"), "");
    await mailer.send(mail, never);
    const names = await readdir(join(home, "full"));
    expect(names.filter((name) => name.endsWith(".txt"))).toHaveLength(filesKeptMax);
    expect(names).not.toContain(first);
    expect(names).toContain("0000.note");
  });

  test("where no file can be written it may be tried again", async () => {
    await writeFile(join(home, "a-file"), "");
    await expect(setup("a-file/mail").mailer.send(mail, never)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("mail by SES", () => {
  const seen: { url: string | undefined; body: unknown }[] = [];
  let answer: { status: number; body: object; type?: string } = { status: 200, body: { MessageId: "1" } };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      seen.push({ url: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      const { status, body, type } = answer;
      response.writeHead(status, { "content-type": "application/json", ...(type && { "x-amzn-errortype": type }) });
      response.end(JSON.stringify(body));
    });
  });
  let endpoint = "";
  beforeAll(async () => {
    process.env["AWS_ACCESS_KEY_ID"] ??= "local";
    process.env["AWS_SECRET_ACCESS_KEY"] ??= "local";
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const ses = () => sesMail({ from: "Worlds <no-reply@example.org>", region: "eu-central-1", endpoint });

  test("goes out as text from whom it is to come", async () => {
    answer = { status: 200, body: { MessageId: "1" } };
    await ses().send(mail, never);
    const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });
    expect(seen.at(-1)).toEqual({
      url: "/v2/email/outbound-emails",
      body: {
        FromEmailAddress: "Worlds <no-reply@example.org>",
        Destination: { ToAddresses: ["ann@example.org"] },
        Content: { Simple: { Subject: utf8(mail.subject), Body: { Text: utf8(mail.text) } } },
      },
    });
  });

  test.each([
    ["MessageRejected", 400, "INVALID_INPUT"],
    ["BadRequestException", 400, "INVALID_INPUT"],
    ["TooManyRequestsException", 429, "UNAVAILABLE"],
    ["SendingPausedException", 400, "UNAVAILABLE"],
    ["InternalServiceErrorException", 500, "UNAVAILABLE"],
  ])("%s is %i for SES and %s for us, tried once and without the address", async (type, status, code) => {
    answer = { status, type, body: { message: "Email address is not verified: ann@example.org" } };
    const before = seen.length;
    const failure = await ses()
      .send(mail, never)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "AppError", code });
    expect(JSON.stringify(failure) + String(failure)).not.toContain("example.org");
    expect((failure as Error).cause).toBeUndefined();
    expect(seen.length - before).toBe(1);
  });

  test("nobody there, or given up, may be tried again", async () => {
    const nobody = sesMail({ from: "a@example.org", region: "eu-central-1", endpoint: "http://127.0.0.1:9" });
    await expect(nobody.send(mail, never)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(ses().send(mail, AbortSignal.abort())).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

test("the way is the one that the configuration names", async () => {
  const ctx = { clock: manualClock(0), log: { debug() {}, info() {}, warn() {}, error() {} }, region: "eu-central-1" };
  expect(await openMail({ way: "none" }, ctx)).toBeNull();
  expect(await openMail({ way: "file", directory: "x" }, ctx)).toHaveProperty("send");
  expect(await openMail({ way: "ses", from: "a@example.org" }, ctx)).toHaveProperty("send");
});

test("the twin keeps what it was given, and fails when it is told to", async () => {
  const twin = memoryMail();
  await twin.send(mail, never);
  twin.failWith(new Error("no"));
  await expect(twin.send(mail, never)).rejects.toThrow("no");
  expect(twin.sent).toEqual([mail]);
});
