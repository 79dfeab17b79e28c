import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { type Account, newAccount } from "./rest.ts";

/** Debian's. */
const executablePath = "/usr/bin/chromium";
export const isChromiumThere = existsSync(executablePath);
if (!isChromiumThere && process.env["CI"] === "true")
  throw new Error(`there is no ${executablePath}: apt-get install chromium`);
if (!isChromiumThere) console.warn(`No ${executablePath}: the tests with a browser are skipped.`);

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long something on a page is waited for: only a failure takes this long. */
const patienceMs = 20_000;

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

let launched: Promise<Browser> | null = null;

export async function closeBrowser(): Promise<void> {
  await (await launched)?.close();
  launched = null;
}

/** A browser of somebody's own, with nothing in it yet. The test fails where a page of it logs an error or breaks the policy. */
export async function newPage(origin: string, options: BrowserContextOptions = {}): Promise<Page> {
  launched ??= chromium.launch({ executablePath, args: flags });
  const context = await (
    await launched
  ).newContext({ baseURL: origin, viewport: desktop, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(patienceMs);
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  context.on("console", (message) => {
    // What the network does to a page is what some of these tests are about.
    const isNetwork = /Failed to load resource|WebSocket connection to|net::ERR/u.test(message.text());
    if (message.type() === "error" && !isNetwork) faults.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  return context.newPage();
}

/** Somebody who has an account and is signed in, at the given path. */
export async function signedIn(
  origin: string,
  name: string,
  path = "/worlds",
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly account: Account }> {
  const account = await newAccount(origin, name);
  const page = await newPage(origin, options);
  const { email, password } = account;
  const answer = await page.request.post("/api/auth/login", { data: { email, password }, headers: { origin } });
  expect(answer.status()).toBe(200);
  await page.goto(path);
  return { page, account };
}

/** In the lobby, with everything told. */
export async function inLobby(origin: string, name: string, options: BrowserContextOptions = {}) {
  const there = await signedIn(origin, name, "/play", options);
  await line(there.page, /A quiet square room/u).waitFor();
  await there.page.getByRole("meter", { name: "Health" }).waitFor();
  return there;
}

/** The newest line of the log with this text. */
export const line = (page: Page, text: RegExp | string) => page.locator(".log .line", { hasText: text }).last();
export const linesWith = (page: Page, text: RegExp | string) => page.locator(".log .line", { hasText: text });
export const prompt = (page: Page) => page.getByRole("combobox", { name: "What do you do?" });

export async function type(page: Page, text: string): Promise<void> {
  await prompt(page).fill(text);
  await prompt(page).press("Enter");
}

type Canvas = {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): {
    getImageData(...box: readonly [x: number, y: number, width: number, height: number]): { readonly data: Uint8Array };
  };
};

/** How many colours there are on a canvas, by a sample of its pixels. */
export const coloursOn = (page: Page, canvas: string): Promise<number> =>
  page.locator(canvas).evaluate((element) => {
    const drawn = element as unknown as Canvas;
    const { data } = drawn.getContext("2d").getImageData(0, 0, drawn.width, drawn.height);
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 400) colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    return colours.size;
  });

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

type Found = {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly html: string }[];
};

/** What is seriously wrong for those who cannot see, hear or point: by all of axe's rules, or by some. */
export async function troublesOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(await readFile(axeSource, "utf8"));
  const violations = await page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Found[] }> } };
      return (await axe.run(options)).violations;
    },
    rules === undefined ? {} : { runOnly: [...rules] },
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical" || impact === "moderate")
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

const pictures = join(import.meta.dirname, "../../docs/pictures/client");

/** With PICTURES=true the pictures of the README are taken anew. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["PICTURES"] !== "true") return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.jpg`), type: "jpeg", quality: 82 });
}
