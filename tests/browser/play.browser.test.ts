import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  closeBrowser,
  coloursOn,
  inLobby,
  isChromiumThere,
  line,
  linesWith,
  newPage,
  phone,
  picture,
  prompt,
  signedIn,
  type,
} from "#tests/support/browser.ts";
import { type Backend, freePort, startTestSite } from "#tests/support/dev.ts";
import { connect, greeted } from "#tests/support/player.ts";
import { message } from "#tests/support/frames.ts";
import { newAccount } from "#tests/support/rest.ts";
import { startTcpProxy, type TcpProxy } from "#tests/support/tcp-proxy.ts";

describe.skipIf(!isChromiumThere)("playing in a browser", () => {
  let backend: Backend;
  let origin: string;
  /** The same, over a link that can be hurt. */
  let proxy: TcpProxy;
  let hurtOrigin: string;
  beforeAll(async () => {
    proxy = await startTcpProxy();
    const port = await freePort();
    const proxied = proxy.before(`http://127.0.0.1:${port}`);
    hurtOrigin = proxied;
    backend = await startTestSite({ ALLOWED_ORIGINS: `http://127.0.0.1:${port},${proxied}`, PORT: String(port) });
    origin = backend.url;
  });
  afterAll(async () => {
    await closeBrowser();
    await backend?.[Symbol.asyncDispose]();
    await proxy?.[Symbol.asyncDispose]();
  });

  test("somebody new signs up, steps into the lobby and walks, and a reload goes on where he was", async () => {
    const page = await newPage(origin);
    await page.goto("/");
    await page.getByRole("link", { name: "Begin" }).click();
    await page.getByLabel("Name").fill("Newcomer");
    await page.getByLabel("E-mail").fill("newcomer@e2e.example");
    await page.getByLabel("Password").fill("password");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByText("most common passwords").waitFor();
    await page.getByLabel("Password").fill("four unrelated words here");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByRole("link", { name: "Step in" }).click();

    await line(page, /A quiet square room/u).waitFor();
    await type(page, "north");
    await line(page, "You walk north.").waitFor();
    await page.getByRole("button", { name: "East", exact: true }).click();
    await line(page, "You walk east.").waitFor();
    await prompt(page).press("Alt+ArrowDown");
    await line(page, "You walk south.").waitFor();
    expect(await coloursOn(page, "canvas.map")).toBeGreaterThan(20);
    expect(await page.getByRole("meter", { name: "Stamina" }).getAttribute("aria-valuetext")).toMatch(/^\d+ of \d+$/u);
    await page.getByText(/\d\d:\d\d .* day \d+ of year \d+/u).waitFor();

    await type(page, "nroth");
    await line(page, /Did you mean/u)
      .getByRole("button", { name: "north" })
      .click();
    expect(await prompt(page).inputValue()).toBe("north");

    await prompt(page).fill("say half a sen");
    const before = await page.locator(".log .line").allTextContents();
    await page.reload();
    await page.getByTitle("Connected", { exact: true }).waitFor();
    expect(await prompt(page).inputValue()).toBe("say half a sen");
    await type(page, "west");
    await line(page, "You walk west.").waitFor();
    const after = await page.locator(".log .line").allTextContents();
    expect(after).toEqual([...before, "You typed: west", "You walk west."]);

    // Who leaves and comes back is greeted anew, after what was there before.
    await page.getByRole("link", { name: "Leave for the list of worlds" }).click();
    await page.getByRole("button", { name: "Go on as Newcomer" }).click();
    await expect.poll(() => linesWith(page, /A quiet square room/u).count(), { timeout: 15_000 }).toBe(2);
    expect(await linesWith(page, "You were away").count()).toBe(0);
  });

  test("two who are in two browsers see each other come and walk, and speak by a click on a name", async () => {
    const [{ page: ann }, { page: ben }] = await Promise.all([
      inLobby(origin, "WalkerAnn"),
      inLobby(origin, "WalkerBen", { colorScheme: "dark" }),
    ]);
    await ann
      .getByRole("button", { name: /^WalkerBen/u })
      .first()
      .waitFor();
    await type(ann, "say shall we?");
    await line(ben, 'WalkerAnn says: "shall we?"').waitFor();
    await type(ben, "north");
    await line(ann, "WalkerBen walks north.").waitFor();
    await line(ben, /WalkerAnn says/u)
      .getByRole("button", { name: "WalkerAnn" })
      .click();
    await ben.getByRole("group", { name: "What to do with WalkerAnn" }).getByRole("button", { name: "Tell" }).click();
    expect(await prompt(ben).inputValue()).toBe("tell WalkerAnn ");
    await prompt(ben).press("End");
    await ben.keyboard.type("it is lovely here");
    await ben.keyboard.press("Enter");
    await line(ann, 'WalkerBen tells you: "it is lovely here"').waitFor();
    await picture(ben, "two-in-the-lobby-dark");

    await type(ann, "enter west");
    await type(ben, "enter west");
    await line(ann, /Verdance/u).waitFor();
    await line(ben, /Verdance/u).waitFor();
    await type(ann, "look WalkerBen");
    await line(ann, /WalkerBen is a human/u).waitFor();
  });

  test("a link that breaks comes back by itself: no line is lost or doubled, and what was typed meanwhile is said once", async () => {
    const { page } = await inLobby(hurtOrigin, "CutAnn");
    const ben = await connect(origin, await newAccount(origin, "CutBen"), { v1: true });
    await greeted(ben);
    ben.say("say one");
    await line(page, 'CutBen says: "one"').waitFor();

    proxy.hold();
    proxy.cut();
    for (const word of ["two", "three", "four"]) ben.say(`say ${word}`);
    await ben.next(message("speech_self", /four/u));
    await page.getByText("What you type is kept and sent when it is back.").waitFor();
    await type(page, "say I am back");
    await page.locator('.is-own[data-state="sending"]', { hasText: "say I am back" }).waitFor();
    proxy.release();
    proxy.cut();

    await line(page, 'You say: "I am back"').waitFor();
    await ben.next(message("speech", /I am back/u));
    const spoken = (await page.locator(".log .is-speech").allTextContents()).map((text) => /"(.*)"/u.exec(text)?.[1]);
    expect(spoken).toEqual(["one", "two", "three", "four"]);
    expect(await linesWith(page, 'You say: "I am back"').count()).toBe(1);
    expect(ben.frames.filter((frame) => message("speech", /I am back/u)(frame))).toHaveLength(1);
    await expect.poll(() => page.locator('.is-own[data-state="sending"]').count(), { timeout: 10_000 }).toBe(0);
    await ben.close();
  });

  test("who goes on in another window is told so in the first, which does not take the socket back", async () => {
    const { page } = await inLobby(origin, "TwoWindows");
    const second = await page.context().newPage();
    await second.goto("/play");
    await line(second, /A quiet square room/u).waitFor();
    await page.getByText("You go on in another window").waitFor();
    await type(second, "say here now");
    await line(second, 'You say: "here now"').waitFor();
    await page.getByRole("button", { name: "Go on here" }).click();
    await second.getByText("You go on in another window").waitFor();
    await type(page, "say and here again");
    await line(page, 'You say: "and here again"').waitFor();
  });

  test("on a phone everything fits, the panels take turns, and the pad walks", async () => {
    const { page } = await signedIn(origin, "PhoneAnn", "/worlds", { viewport: phone, hasTouch: true, isMobile: true });
    await page.getByRole("link", { name: "Enter Verdance" }).waitFor();
    await fits(page);
    await page.goto("/play");
    await line(page, /A quiet square room/u).waitFor();
    await page.getByRole("button", { name: "North", exact: true }).tap();
    await line(page, "You walk north.").waitFor();
    await fits(page);
    await type(page, "enter west");
    await line(page, /Verdance/u).waitFor();
    await page.getByRole("button", { name: "Things" }).tap();
    await page.getByRole("button", { name: /sandals/u }).tap();
    await page
      .getByRole("group", { name: /^What to do with/u })
      .getByRole("button", { name: "Look" })
      .tap();
    expect(await page.getByRole("img", { name: /^Map/u }).isVisible()).toBe(false);
    await page.getByRole("button", { name: "Map", exact: true }).tap();
    await page.getByRole("img", { name: /^Map/u }).waitFor();
    await fits(page);
    await picture(page, "play-phone");
  });

  test("the keyboard alone is enough, from signing in to walking, completing, looking back and acting on a name", async () => {
    const { email, password } = await newAccount(origin, "KeysOnly");
    const page = await newPage(origin);
    await page.goto("/");
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    await tabTo(page, "Sign in");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await tabTo(page, "email");
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Step in" }).waitFor();
    await tabTo(page, "Step in");
    await page.keyboard.press("Enter");
    await line(page, /A quiet square room/u).waitFor();

    // The line is where one types at once.
    await page.keyboard.type("nor");
    await page.getByRole("option", { name: /north/u }).first().waitFor();
    await page.keyboard.press("Tab");
    expect((await prompt(page).inputValue()).trim()).toBe("north");
    await page.keyboard.press("Enter");
    await line(page, "You walk north.").waitFor();
    await page.keyboard.type("say hello");
    await page.keyboard.press("Enter");
    await line(page, 'You say: "hello"').waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect((await prompt(page).inputValue()).trim()).toBe("north");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await prompt(page).inputValue()).toBe("");

    await tabTo(page, "marble statue", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("group", { name: "What to do with marble statue" }).waitFor();
    await page.keyboard.press("Enter");
    await line(page, /runes|marble/u).waitFor();
    await tabTo(page, "North");
    await page.keyboard.press("ArrowLeft");
    await line(page, "You walk west.").waitFor();
  });

  test("what is new is given to screen readers a few lines at a time", async () => {
    const { page } = await inLobby(origin, "Listener");
    await type(page, "north");
    const said = page.locator('[aria-live="polite"][aria-atomic="true"]');
    await said.getByText("You walk north.").waitFor();
    expect(await page.getByRole("log").getAttribute("aria-live")).toBe("off");
    for (let step = 0; step < 4; step++) await type(page, step % 2 === 0 ? "south" : "north");
    await expect.poll(() => said.innerText(), { timeout: 5000 }).toContain("You walk");
    expect((await said.locator("p").count()) <= 5).toBe(true);
  });
});

type Page = Awaited<ReturnType<typeof newPage>>;

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone.width);
}

const stopsMax = 60;

/** Goes from stop to stop until the focus is on what has this name, label or text. */
async function tabTo(page: Page, wanted: string, key = "Tab"): Promise<void> {
  for (let stop = 0; stop < stopsMax; stop++) {
    const focused = page.locator(":focus");
    if ((await focused.count()) > 0) {
      const names = [
        await focused.getAttribute("aria-label"),
        await focused.getAttribute("name"),
        await focused.textContent(),
      ];
      if (names.some((name) => name?.trim() === wanted)) return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`nothing called ${wanted} can be reached by ${key}`);
}
