// A film that is watched while the network is cut, and while the studio itself goes down and comes back: the whole lab,
// and nothing in its place.
import { ask, claim, fits, longScript, look, order, plays, service, signIn, STUDIO, tell, walk } from "./house.mjs";

const EMAIL = `lost-${Date.now()}@example.org`;
const PASSWORD = "correct horse battery";
/** What is drawn and encoded takes its time where others work, too, in milliseconds. */
const PATIENCE = { timeout: 240_000 };
const LOST = "The connection is lost. The film goes on; this page catches up by itself.";
const SHOT = 'section[aria-label="Shots"] [data-shot]';
/** How far a film is of which pictures are drawn, in percent. */
const DRAWING = 12;
const SIZE = { width: 640, height: 360 };

await walk(async ({ browser, context, page }) => {
  await signIn(page, EMAIL, PASSWORD);
  const other = await anotherDevice(browser);
  await theNetworkIsCut(context, page, other);
  await theStudioIsRestarted(page, other);
}, "Every film was watched to its end.");

/** Another device of the same person: what has its own network sees how far the film is. */
async function anotherDevice(browser) {
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${STUDIO}/login`);
  await ask(other, "POST", "/auth/login", { email: EMAIL, password: PASSWORD });
  return other;
}

/** A film in work, on a page that is marked: one that was loaded anew has lost its mark. The worker stands still. */
async function inWork(page, title, scenes) {
  const { job, place } = await order(page, title, longScript(scenes), SIZE);
  await page.goto(place);
  await page.evaluate(() => {
    globalThis.mark = "the same page";
  });
  await page.locator(SHOT).first().waitFor(PATIENCE);
  await page.waitForFunction((least) => document.querySelector("[role=progressbar]")?.ariaValueNow >= least, DRAWING, PATIENCE);
  tell("worker", "SIGSTOP"); // or a quick machine has made the film before anything has happened to it
  return job;
}

async function theNetworkIsCut(context, page, other) {
  const job = await inWork(page, "The Cut", 9);
  let before;
  try {
    before = await ask(other, "GET", `/jobs/${job}`);
    await context.setOffline(true);
    await page.getByText(LOST).waitFor();
  } finally {
    tell("worker", "SIGCONT");
  }
  const meanwhile = await until(other, job, (film) => film.last_event > before.last_event + 1);
  claim(meanwhile.status === "running", `the film is ${meanwhile.status}: it was to go on while the network was away`);
  tell("worker", "SIGSTOP");
  try {
    await context.setOffline(false);
    await caughtUp(page, other, job);
  } finally {
    tell("worker", "SIGCONT");
  }

  // Once more, and this time until there is nothing left to be told.
  await context.setOffline(true);
  await page.getByText(LOST).waitFor();
  await look(page, "film-lost");
  await fits(page, "film-lost");
  await until(other, job, (film) => film.status === "completed");
  claim(await page.getByText(LOST).isVisible(), "the page does not say that it has heard nothing");
  await context.setOffline(false);
  await toItsEnd(page);
}

/** The page shows what the studio tells: no loss, how far it is, and which shots are drawn. */
async function caughtUp(page, other, job) {
  await page.getByText(LOST).waitFor({ state: "detached" });
  const { progress } = await ask(other, "GET", `/jobs/${job}`);
  await page.getByText(`${progress} %`, { exact: true }).waitFor();
  const { items } = await ask(other, "GET", `/jobs/${job}/shots?limit=100`);
  const drawn = items.filter((shot) => shot.thumbnail).length;
  await page.getByText(`${drawn} of ${items.length} shots drawn`).waitFor();
}

async function theStudioIsRestarted(page, other) {
  const job = await inWork(page, "The Restart", 3);
  const { restarts } = service("api");
  try {
    tell("api", "SIGKILL");
    await page.getByText(LOST).waitFor();
  } finally {
    tell("worker", "SIGCONT");
  }
  claim((await page.locator(SHOT).count()) > 0, "what was shown is gone");
  await page.getByText(LOST).waitFor({ state: "detached" });
  claim(service("api").restarts === restarts + 1, "the studio was not restarted");
  await until(other, job, (film) => film.status === "completed");
  await toItsEnd(page);
}

/** The film is finished and plays, on the page that was there before. */
async function toItsEnd(page) {
  await page.getByText("Finished", { exact: true }).waitFor(PATIENCE);
  await plays(page);
  claim((await page.evaluate(() => globalThis.mark)) === "the same page", "the page was loaded anew");
}

/** A film, as soon as it is as it should be. */
async function until(other, job, isSo) {
  for (let tries = 0; tries < 2400; tries++) {
    const film = await ask(other, "GET", `/jobs/${job}`);
    if (isSo(film)) return film;
    claim(!["failed", "cancelled"].includes(film.status), `the film is ${film.status}`);
    await other.waitForTimeout(100);
  }
  throw new Error("the film does not come so far");
}
