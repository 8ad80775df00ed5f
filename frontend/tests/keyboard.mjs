// The main way by the keyboard alone: from the street to an account, a script, a film, and one shot of it changed. The
// focus is seen wherever it is, and leaves whatever it has come to. The whole lab, and nothing in its place.
import { claim, letterTo, STUDIO, walk } from "./house.mjs";

const EMAIL = `keyboard-${Date.now()}@example.org`;
const PASSWORD = "correct horse battery";
/** More presses than lead from anywhere on a page to anywhere. */
const FAR = 150;
const SCRIPT = `EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

INT. KITCHEN - NIGHT

A letter lies on the table.
`;

await walk(async ({ page }) => {
  await anAccount(page);
  await aScript(page);
  await aFilm(page);
  await anotherShot(page);
  await theWayOut(page);
}, "No mouse was needed.");

async function anAccount(page) {
  await page.goto(STUDIO);
  await roundTrip(page, "landing");
  await press(page, page.getByRole("link", { name: "Make a film" }));
  await page.getByRole("heading", { name: "Take a seat." }).waitFor();
  await roundTrip(page, "join");
  await write(page, page.getByLabel("E-mail address"), EMAIL);
  await write(page, page.getByLabel("Password"), PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText(`a letter is on its way to ${EMAIL}`).waitFor();
  await page.goto(await letterTo(EMAIL, "verify"));
  await write(page, page.getByLabel("Password"), PASSWORD);
  await press(page, page.getByRole("button", { name: "Confirm and enter" }), "Space");
  await page.waitForURL("**/dashboard");
}

async function aScript(page) {
  await page.getByText("No films yet.").waitFor();
  await roundTrip(page, "dashboard");
  // The first stop of each page leads past all that stands above its content.
  await page.reload();
  await page.getByText("No films yet.").waitFor();
  await page.keyboard.press("Tab");
  await isAt(page, page.getByRole("link", { name: "Skip to the content" }));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "content");
  await press(page, page.getByRole("button", { name: "Start with an empty page" }));
  await page.waitForURL(/\/projects\/[0-9a-f-]{36}$/);

  const paper = page.getByRole("textbox", { name: "Script" });
  await paper.waitFor();
  await tabTo(page, paper);
  await page.keyboard.type(SCRIPT);
  await page.getByText("Not saved yet").first().waitFor();
  await roundTrip(page, "project");
  await page.getByRole("button", { name: "Drop or paste a file here" }).waitFor({ state: "attached" });
  await press(page, page.getByRole("button", { name: "Save", exact: true }));
  await page.getByText("Version 1 is saved").waitFor();
  // What was pressed cannot be pressed again: the way goes on from there all the same.
  await page.keyboard.press("Tab");
  await isAt(page, page.getByRole("button", { name: "Hand in a file" }));
}

async function aFilm(page) {
  await page.getByText("It costs: Nothing").waitFor();
  await choose(page, "Frame", "Wide 16:9, small");
  const draw = page.getByRole("button", { name: "Make the film" });
  await page.waitForFunction((button) => !button.disabled, await draw.elementHandle());
  await press(page, draw);
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  await page.getByText("Finished", { exact: true }).waitFor();
  // The film and what can be taken home come a moment after that, and would come into the way.
  await page.locator("video[src]").waitFor();
  await roundTrip(page, "film");
  await watched(page);
}

/** A shot is changed: second thoughts first, then a change; whoever opened the sheet is back where it was opened. */
async function anotherShot(page) {
  const opener = page.getByRole("button", { name: /^Change shot/ }).last();
  const sheet = page.getByRole("dialog");
  await opened(page, opener, sheet);
  await roundTrip(page, "sheet", sheet);
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await isAt(page, opener);

  await opened(page, opener, sheet);
  const before = await page.locator("video").getAttribute("src");
  await choose(page, "Size", "Very close");
  await sheet.getByText("It costs: Nothing").waitFor();
  await press(page, sheet.getByRole("button", { name: "Change it", exact: true }));
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Versions" }).waitFor();
  const address = (src) => src?.split("?")[0];
  await page.waitForFunction(
    (old) => ![undefined, old].includes(document.querySelector("video")?.getAttribute("src")?.split("?")[0]),
    address(before),
  );
  await watched(page);
}

async function theWayOut(page) {
  await press(page, page.getByRole("button", { name: "Sign out" }));
  await page.waitForURL(`${STUDIO}/`);
}

/** The film is played, and stopped again, by the space bar. */
async function watched(page) {
  const video = page.locator("video[src]");
  await video.waitFor();
  await tabTo(page, video);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => {
    const film = document.querySelector("video");
    return !film.paused && film.currentTime > 0.5 && film.getVideoPlaybackQuality().totalVideoFrames > 5;
  });
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector("video").paused);
}

/** Open a sheet; the focus goes there as soon as it stands. */
async function opened(page, opener, sheet) {
  await press(page, opener);
  await sheet.getByText("Nothing is changed yet.").waitFor();
  await page.waitForFunction(() => document.querySelector("[role=dialog]").contains(document.activeElement));
}

/** One of several, by the arrows. */
async function choose(page, group, name) {
  const options = page.getByRole("radiogroup", { name: group }).getByRole("radio");
  const wanted = page.getByRole("radiogroup", { name: group }).getByRole("radio", { name, exact: true });
  await tabTo(page, options.and(page.locator(":checked")));
  for (let tries = await options.count(); tries > 0 && !(await wanted.isChecked()); tries--) {
    await page.keyboard.press("ArrowRight");
    await isSeen(page);
  }
  await isAt(page, wanted);
}

async function press(page, target, key = "Enter") {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function write(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** Go on from wherever the focus is until it is there, and see it at each stop. */
async function tabTo(page, target) {
  await target.waitFor({ state: "attached" });
  for (let presses = 0; presses < FAR; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press("Tab");
    await isSeen(page);
  }
  throw new Error(`${target} is not reached by the keyboard`);
}

function hasFocus(target) {
  return target.evaluate((element) => element === document.activeElement);
}

/** The focus is there, or will be as soon as the page has drawn what was asked of it. */
async function isAt(page, target) {
  await page.waitForFunction((element) => element === document.activeElement, await target.elementHandle());
  await isSeen(page);
}

/**
 * All that can be reached is come to, and left, one after the other, until the way begins anew; and backwards, too.
 *
 * @param within What it stays within, as in a sheet that is laid over the page.
 */
async function roundTrip(page, name, within = page.locator("body")) {
  for (const key of ["Tab", "Shift+Tab"]) {
    let came = 1;
    for (let times = 0; came > 0; times++) {
      claim(times < 5, `${name}: more comes into the page however often it is gone round`);
      await within.evaluate(beginRound);
      claim(await isRound(page, key), `${name}: ${key} leads nowhere`);
      const { missed, late } = await within.evaluate(endRound);
      claim(missed.length === 0, `${name}: ${key} does not come to ${missed.join("\n")}`);
      came = late;
    }
  }
}

async function isRound(page, key) {
  for (let presses = 0; presses < FAR; presses++) {
    await page.keyboard.press(key);
    await isSeen(page);
    const isKnown = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return false; // between the last stop and the first
      if (at === globalThis.last) return false; // a player has several stops of its own
      globalThis.last = at;
      const isKnown = globalThis.stops.has(at);
      globalThis.stops.add(at);
      return isKnown;
    });
    if (isKnown) return true;
  }
  return false;
}

/** In the page: what can be come to is known, and nothing of it was come to yet. */
function beginRound(place) {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert], [aria-hidden=true]");
  globalThis.canBeReached = () => {
    const all = [...place.querySelectorAll("a[href], button, input, textarea, video[controls], [contenteditable=true]")];
    return all
      .filter((one) => isShown(one) && !one.disabled && one.tabIndex >= 0)
      .filter((one) => one.type !== "radio" && one.type !== "file");
  };
  globalThis.there = new Set(globalThis.canBeReached());
  globalThis.stops = new Set();
  globalThis.last = null;
}

/** In the page: what was there all the while and was not come to, and how much came into the page on the way. */
function endRound() {
  const missed = globalThis.canBeReached().filter((one) => !globalThis.stops.has(one));
  const lasting = missed.filter((one) => globalThis.there.has(one));
  return { missed: lasting.map((one) => one.outerHTML.slice(0, 200)), late: missed.length - lasting.length };
}

/** Where the focus is, something is drawn around it, and it is in sight: as soon as the page has drawn what was asked of it. */
async function isSeen(page) {
  try {
    await page.waitForFunction(isFocusSeen, undefined, { timeout: 60_000 });
  } catch {
    throw new Error(await page.evaluate(() => globalThis.unseen));
  }
}

/** In the page: whether the focus is seen; `unseen` says why not. */
function isFocusSeen() {
  const at = document.activeElement;
  if (!at || at === document.body || at.id === "content") return true; // between the last stop and the first
  if (at.matches("video:not(:focus)")) return true; // on a control of the browser's own player, which draws it
  const drawn = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  };
  // What has the focus may be hidden in what is seen: the button of a choice in its label, a line in its box.
  const around = [...(at.closest("label")?.children ?? [])];
  for (let one = at; one && one !== document.body && around.length < 9; one = one.parentElement) around.push(one);
  const isInSight = (one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
    return points.some(([x, y]) => {
      const over = document.elementFromPoint(x, y);
      return over && (one.contains(over) || over.contains(one));
    });
  };
  const rings = around.filter(drawn);
  globalThis.unseen = `${rings.length ? "not in sight" : "nothing is drawn around"}: ${at.outerHTML.slice(0, 300)}`;
  return rings.some(isInSight);
}
