import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setRole } from "#core/account/set-role.ts";
import type { UserId } from "#core/lib/ids.ts";
import {
  closeBrowser,
  coloursOn,
  inLobby,
  isChromiumThere,
  line,
  newPage,
  phone,
  picture,
  signedIn,
  troublesOf,
  type,
} from "#tests/support/browser.ts";
import { startTestSite, temporaryDirectory, type TestSite } from "#tests/support/dev.ts";
import { wholeStory } from "#tests/support/interview-rig.ts";
import { call, newAccount } from "#tests/support/rest.ts";

describe.skipIf(!isChromiumThere)("the pages of the client", () => {
  let backend: TestSite;
  let origin: string;
  let mailDir: Awaited<ReturnType<typeof temporaryDirectory>>;
  beforeAll(async () => {
    mailDir = await temporaryDirectory();
    backend = await startTestSite({ MAIL: "file", MAIL_DIR: mailDir.path });
    origin = backend.url;
  });
  afterAll(async () => {
    await closeBrowser();
    await backend?.[Symbol.asyncDispose]();
    await mailDir?.[Symbol.asyncDispose]();
  });

  test("a talk with the statue becomes a world, with a picture of it, in which one then walks", async () => {
    const { page } = await signedIn(origin, "TellerTess", "/make");
    const mild = wholeStory
      .with(0, "A mild and mysterious world of wide plains and old forests")
      .with(2, "65 % water, temperate, two moons");
    const answers = [...mild, "Amberwater", "yes"];
    for (const [index, answer] of answers.entries()) {
      await page.locator(".talk .statue:not(.thinking)").nth(index).waitFor();
      await page.getByLabel("Your answer").fill(answer);
      await page.keyboard.press("Enter");
      await page.locator(".talk .player", { hasText: answer }).waitFor();
      if (index === 2) await picture(page, "interview");
    }
    await page.getByRole("heading", { name: "Amberwater is there" }).waitFor({ timeout: 60_000 });
    await page.getByRole("img", { name: "Map of Amberwater" }).waitFor();
    await picture(page, "world-made");
    await page.getByRole("link", { name: "Look at it from above" }).click();
    await lookFromAbove(page);
    await page.getByRole("link", { name: "Enter Amberwater" }).click();

    await page.getByLabel("Name").fill("Tess");
    await page.getByText("Dwarf", { exact: true }).click();
    const might = page.getByRole("slider", { name: /^Might/u });
    await might.focus();
    for (let points = 0; points < 12; points++) await page.keyboard.press("ArrowRight");
    await page.getByText("86 of 100 points left").waitFor();
    await picture(page, "new-character");
    await page.getByRole("button", { name: "Enter", exact: true }).click();
    await line(page, /Amberwater/u).waitFor();
    await type(page, "look");
    await page.getByRole("button", { name: "East", exact: true }).click();
    await line(page, /east/u).waitFor();
    await page.getByRole("button", { name: "The whole world" }).click();
    await line(page, /The whole of Amberwater/u)
      .getByRole("img")
      .waitFor();
    await picture(page, "in-a-world-of-ones-own");
  });

  test.each(["light", "dark"] as const)(
    "no screen has serious faults for those who need it accessible, in the %s",
    async (colorScheme) => {
      const troubles: string[] = [];
      const look = async (page: Awaited<ReturnType<typeof newPage>>, what: string) => {
        await page.locator("main").waitFor();
        await page.evaluate("document.fonts.ready");
        // What differs between the themes is colours.
        const rules = colorScheme === "dark" ? ["color-contrast"] : undefined;
        for (const trouble of await troublesOf(page, rules)) troubles.push(`${what}: ${trouble}`);
      };
      const out = await newPage(origin, { colorScheme });
      for (const path of [
        "/",
        "/sign-in",
        "/sign-up",
        "/forgot-password",
        "/reset-password#token=x",
        "/verify-email",
        "/nowhere",
      ]) {
        await out.goto(path);
        await out.getByRole("heading", { level: 1 }).waitFor();
        await look(out, path);
      }
      const { page } = await inLobby(origin, `Axe-${colorScheme}`, { colorScheme });
      await page.getByRole("button", { name: "marble statue" }).first().click();
      await look(page, "/play");
      await page.getByRole("button", { name: "Never mind" }).click();
      await type(page, "enter north");
      await line(page, /Hearthvale/u).waitFor();
      await type(page, "look");
      await page.getByRole("combobox").fill("w");
      await page.getByRole("listbox").waitFor();
      await look(page, "/play with offers");
      if (colorScheme === "light") await picture(page, "play-light");
      // Somebody is there, so there is weather.
      await page.goto("/worlds/00000000-0000-0000-0000-000000000001/map");
      await page.getByLabel("Clouds and rain").check();
      await page.getByText("mm an hour").waitFor();
      await page.getByRole("img", { name: "Map of Hearthvale, biomes" }).waitFor();
      await look(page, "a valley from above");
      for (const [path, sign] of [
        ["/worlds", "Enter Verdance"],
        ["/worlds/00000000-0000-0000-0000-000000000002", "How do you enter?"],
        ["/worlds/00000000-0000-0000-0000-000000000002/map", "Ice and snow"],
        ["/make", "Say it"],
        ["/console", "for those who run this server"],
        ["/docs", "Open a session"],
        ["/settings", "Size of text"],
      ] as const) {
        await page.goto(path);
        await page.getByText(sign).first().waitFor();
        if (path === "/worlds") await page.getByRole("img", { name: "Map of Verdance" }).waitFor();
        await look(page, path);
        if (path === "/worlds" && colorScheme === "dark") await picture(page, "worlds-dark");
        if (path.endsWith("2/map") && colorScheme === "dark") await picture(page, "globe-dark");
      }
      expect(troubles).toEqual([]);
    },
  );

  test("links of mails confirm the address and choose a new password, and leave no token behind", async () => {
    const { page, account } = await signedIn(origin, "MailMia", "/settings");
    await page.getByRole("button", { name: "Send the mail again" }).click();
    await page.getByText("A mail is on its way").waitFor();
    await page.goto(await linkIn(mailDir.path, account.email, "verify-email"));
    await page.getByText("Your e-mail address is verified.").waitFor();
    expect(page.url()).toBe(`${origin}/verify-email`);

    await page.goto("/forgot-password");
    await page.getByLabel("E-mail").fill(account.email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("a mail is on its way").waitFor();
    await page.goto(await linkIn(mailDir.path, account.email, "reset-password"));
    await page.getByLabel("New password").fill("another four words entirely");
    await page.getByRole("button", { name: "Use this password" }).click();
    await page.getByText("Log in with the new one").waitFor();
    const answer = await call(origin, "POST", "/api/auth/login", {
      body: { email: account.email, password: "another four words entirely" },
    });
    expect(answer.status).toBe(200);
  });

  test("without a network the page is still there and says so, and goes on by itself when it is back", async () => {
    const { page } = await inLobby(origin, "OfflineOle");
    await expect
      .poll(() => page.evaluate("navigator.serviceWorker.controller !== null"), { timeout: 15_000 })
      .toBe(true);
    await page.context().setOffline(true);
    await page.goto("/settings");
    await page.getByRole("heading", { name: "You seem to be offline" }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("heading", { name: "Settings" }).waitFor();
  });

  test("a first visit is small, and nothing on it jumps", async () => {
    const page = await newPage(origin);
    await page.goto("/", { waitUntil: "networkidle" });
    const measured = await page.evaluate<{ bytes: number; requests: number; shift: number; elements: number }>(`
      new Promise((resolve) => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        const entries = [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
          .filter(({ name }) => !name.endsWith("/api/auth/me"));
        setTimeout(() => resolve({
          bytes: entries.reduce((sum, { transferSize }) => sum + transferSize, 0),
          requests: entries.length,
          shift,
          elements: document.querySelectorAll("*").length,
        }), 100);
      })
    `);
    console.log(`a first visit: ${JSON.stringify(measured)}`);
    expect(measured.bytes).toBeLessThanOrEqual(80 * 1024);
    expect(measured.requests).toBeLessThanOrEqual(8);
    expect(measured.shift).toBeLessThanOrEqual(0.05);
    expect(measured.elements).toBeLessThanOrEqual(60);
  });

  test("an administrator sees who runs what; who is none is told how one becomes one", async () => {
    const { page, account } = await signedIn(origin, "OpsOda", "/console");
    await page.getByRole("heading", { name: "For administrators" }).waitFor();
    expect(await page.getByRole("link", { name: "Console" }).count()).toBe(0);
    await setRole(backend.ctx, account.userId as UserId, "admin");
    await page.request.post("/api/auth/login", {
      data: { email: account.email, password: account.password },
      headers: { origin },
    });
    await page.goto("/worlds");
    await page.getByRole("link", { name: "Console" }).click();
    // Also a page that is fetched first is where a screen reader then begins.
    await page.locator("h1:focus", { hasText: "Console" }).waitFor();
    expect(await page.title()).toBe("Console · Thousand Worlds");
    const lobby = page.getByRole("row", { name: /^Lobby active the system's/u });
    await lobby.waitFor();
    await page.getByLabel("Only those with this name").fill("verd");
    await page.getByText(/^Worlds, the oldest first: 1 of \d+$/u).waitFor();
    expect(await lobby.count()).toBe(0);
    await page.getByLabel("Only those with this name").fill("");
    expect(await troublesOf(page)).toEqual([]);
    await picture(page, "console");
    for (const [link, sign] of [
      ["Workers", "Who runs which world"],
      ["AI gateways", "No AI gateway answered"],
      ["Audit", "role changed"],
    ] as const) {
      await page.getByRole("navigation", { name: "What to see" }).getByRole("link", { name: link }).click();
      await page.getByText(sign).first().waitFor();
    }
    await page
      .getByRole("row", { name: /role changed/u })
      .getByRole("link")
      .first()
      .click();
    await page.getByText("OpsOda").waitFor();
    await page.getByRole("region", { name: "Sessions in force" }).waitFor();
    expect(await troublesOf(page)).toEqual([]);
    // The role is asked for with every question.
    await setRole(backend.ctx, account.userId as UserId, "user");
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  test("the API can be read and tried at /api/docs", async () => {
    const { email, password } = await newAccount(origin, "DocsDan");
    const page = await newPage(origin);
    await page.goto("/api/docs");
    expect(page.url()).toBe(`${origin}/docs`);
    const operation = (name: string) =>
      page.locator("details.operation", { has: page.getByText(name, { exact: true }) });
    const answered = (status: number) => page.getByRole("status").getByText(new RegExp(`^${status} `, "u"));
    const worlds = operation("/api/game/worlds");
    await worlds.getByText("/api/game/worlds", { exact: true }).click();
    await worlds.getByRole("button", { name: "Send GET" }).click();
    await answered(401).waitFor();
    await page.getByLabel("Only those about").fill("session");
    const login = operation("/api/auth/login");
    await login.getByText("/api/auth/login").click();
    await login.getByLabel("Body, JSON").fill(JSON.stringify({ email, password }));
    await login.getByRole("button", { name: "Send POST" }).click();
    await answered(200).waitFor();
    await page.getByLabel("Only those about").fill("from above");
    const map = operation("/api/game/worlds/{id}/map");
    await map.getByText("/api/game/worlds/{id}/map").click();
    await map.getByLabel("id", { exact: true }).fill("00000000-0000-0000-0000-000000000001");
    await map.getByLabel("Answered as").selectOption("image/png");
    await map.getByRole("button", { name: "Send GET" }).click();
    await map.getByRole("img", { name: "What was answered" }).waitFor();
    await picture(page, "api-docs");
    expect(await troublesOf(page)).toEqual([]);
  });

  test("on a phone a world's page and the page of the API are no wider than the screen", async () => {
    const { page } = await signedIn(origin, "PhonePia", "/worlds", { viewport: phone, hasTouch: true, isMobile: true });
    await page.getByRole("link", { name: "Maps of Verdance" }).tap();
    await page.getByRole("img", { name: "Globe of Verdance, biomes" }).waitFor();
    await page.getByRole("button", { name: "Turn to the east" }).tap();
    await page.locator(".readout", { hasText: /^20° N, 15° E: / }).waitFor();
    await picture(page, "globe-phone");
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone.width);
    await page.goto("/docs");
    await page.getByText("/api/auth/register").tap();
    await page.getByRole("button", { name: "Send POST" }).waitFor();
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone.width);
  });

  test("settings hold: theme and size of text are there again after a reload, on every page", async () => {
    const { page } = await signedIn(origin, "SetterSue", "/settings");
    await page.getByText("Dark", { exact: true }).click();
    await page.getByText("Huge", { exact: true }).click();
    await page.goto("/worlds");
    const html = page.locator("html");
    expect([await html.getAttribute("data-theme"), await html.getAttribute("data-text")]).toEqual(["dark", "huge"]);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(20, 23, 26)");
  });

  test("who is not signed in is asked to, and then is where he wanted to be", async () => {
    const { email, password } = await newAccount(origin, "ThenTim");
    const page = await newPage(origin);
    await page.goto("/make");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Tell me of a world" }).waitFor();
  });
});

type Page = Awaited<ReturnType<typeof newPage>>;

/** The page of a planet that was just made. */
async function lookFromAbove(page: Page): Promise<void> {
  await page.getByRole("img", { name: "Globe of Amberwater, biomes" }).waitFor();
  await page.getByText(/A planet, [\d,]+ km through/u).waitFor();
  expect(await coloursOn(page, "canvas.atlas")).toBeGreaterThan(100);
  await page.getByRole("group", { name: "Globe: arrow keys turn it" }).focus();
  for (let turn = 0; turn < 3; turn++) await page.keyboard.press("ArrowRight");
  await page
    .getByRole("status")
    .getByText(/^20° N, 45° E: /u)
    .waitFor();

  const box = (await page.locator("canvas.atlas").boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(5, 5);
  await page.locator(".readout", { hasText: /^20° N, (?:6|7|8)\d° E/u }).waitFor();

  await page.getByLabel("Climate", { exact: true }).check();
  await page.getByRole("img", { name: "Globe of Amberwater, climate" }).waitFor();
  await page
    .locator(".legend")
    .getByText(/^(?:ET|EF): /u)
    .first()
    .waitFor();
  await page.getByLabel("Equal Earth").check();
  await picture(page, "planet-climate");
}

/** From the newest mail of this kind to this address: mails are sent after the answer. */
async function linkIn(directory: string, to: string, kind: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const mails = await Promise.all(
          (await readdir(directory)).map((name) => readFile(join(directory, name), "utf8")),
        );
        link = mails
          .filter((mail) => mail.includes(to))
          .flatMap((mail) => new RegExp(`\\S*/${kind}#token=\\S+`, "u").exec(mail) ?? [])
          .at(-1);
        return link;
      },
      { timeout: 20_000 },
    )
    .toBeDefined();
  return new URL(link!).pathname + new URL(link!).hash;
}
