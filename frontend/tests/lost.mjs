// A film that is watched while the network is cut, and while the studio itself goes down and comes back: the whole lab,
// and nothing in its place.
import {
  claim, drawn, fits, longScript, look, order, plays, service, signIn, tell, truth, until, walk, workUntil,
} from "./house.mjs";

const EMAIL = `lost-${Date.now()}@example.org`;
const LOST = "The connection is lost. The film goes on; this page catches up by itself.";
const SHOT = 'section[aria-label="Shots"] [data-shot]';
/** How far a film is of which pictures are drawn, in percent. */
const DRAWING = 12;
const SIZE = { width: 640, height: 360 };

await walk(async ({ context, page }) => {
  await signIn(page, EMAIL, "correct horse battery");
  await theNetworkIsCut(context, page);
  await theStudioIsRestarted(page);
}, "Every film was watched to its end.");

/** A film of which pictures are drawn, on a page that is marked: one that was loaded anew has lost its mark. The worker
    stands still. */
async function inWork(page, title, scenes) {
  const { job, place } = await order(page, title, longScript(scenes), { ...SIZE, review: true });
  await page.goto(place);
  await page.evaluate(() => {
    globalThis.mark = "the same page";
  });
  await page.locator(SHOT).first().waitFor();
  await drawn(page);
  await workUntil(page, `/jobs/${job}`, (film) => film.progress >= DRAWING);
  await page.waitForFunction((least) => document.querySelector("[role=progressbar]")?.ariaValueNow >= least, DRAWING);
  return job;
}

async function theNetworkIsCut(context, page) {
  const job = await inWork(page, "The Cut", 9);
  const before = await truth(page, `/jobs/${job}`);
  await context.setOffline(true);
  await page.getByText(LOST).waitFor();
  await workUntil(page, `/jobs/${job}`, (film) => film.last_event > before.last_event + 1);
  const meanwhile = await truth(page, `/jobs/${job}`);
  claim(meanwhile.status === "running", `the film is ${meanwhile.status}: it was to go on while the network was away`);
  await context.setOffline(false);
  await caughtUp(page, job);
  tell("worker", "SIGCONT");

  // Once more, and this time until there is nothing left to be told.
  await context.setOffline(true);
  await page.getByText(LOST).waitFor();
  await look(page, "film-lost");
  await fits(page, "film-lost");
  await until(page, `/jobs/${job}`, (film) => film.status === "completed");
  claim(await page.getByText(LOST).isVisible(), "the page does not say that it has heard nothing");
  await context.setOffline(false);
  await toItsEnd(page);
}

/** The page shows what the studio tells: no loss, how far it is, and which shots are drawn. */
async function caughtUp(page, job) {
  await page.getByText(LOST).waitFor({ state: "detached" });
  const { progress } = await truth(page, `/jobs/${job}`);
  await page.getByText(`${progress} %`, { exact: true }).waitFor();
  const { items } = await truth(page, `/jobs/${job}/shots?limit=100`);
  const made = items.filter((shot) => shot.thumbnail).length;
  await page.getByText(`${made} of ${items.length} shots drawn`).waitFor();
}

async function theStudioIsRestarted(page) {
  const job = await inWork(page, "The Restart", 3);
  const { restarts } = service("api");
  tell("supervisor", "SIGSTOP"); // or a quick machine has the studio back before a slow browser has missed it
  try {
    tell("api", "SIGKILL");
    await page.getByText(LOST).waitFor();
  } finally {
    tell("supervisor", "SIGCONT");
  }
  tell("worker", "SIGCONT");
  claim((await page.locator(SHOT).count()) > 0, "what was shown is gone");
  await page.getByText(LOST).waitFor({ state: "detached" });
  claim(service("api").restarts === restarts + 1, "the studio was not restarted");
  await until(page, `/jobs/${job}`, (film) => film.status === "completed");
  await toItsEnd(page);
}

/** The film is finished and plays, on the page that was there before. */
async function toItsEnd(page) {
  await page.getByText("Finished", { exact: true }).waitFor();
  await plays(page);
  claim((await page.evaluate(() => globalThis.mark)) === "the same page", "the page was loaded anew");
}
