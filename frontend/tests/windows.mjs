// Two windows on one film: it is approved, changed and called off in both. The second is told in words, keeps what was
// written there, and nothing is done twice. The whole lab, and nothing in its place.
import { ask, claim, fits, look, order, plays, signIn, walk } from "./house.mjs";

const SCRIPT = `Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

MARA
He said he would be here.
`;
const SIZE = { width: 320, height: 180, review: true };
const DECIDED = "This was decided in another window meanwhile, and nothing was done twice.";
const CHANGED = "This film was changed in another window meanwhile.";
const LOST = "The connection is lost. The film goes on; this page catches up by itself.";
const WRITTEN = "A lantern swings above the water.";

await walk(async ({ context, page }) => {
  await signIn(page, `windows-${Date.now()}@example.org`, "correct horse battery");
  const other = await context.newPage();
  const drawn = await order(page, "The Pier", SCRIPT, SIZE);
  await approvedTwice(page, other, drawn);
  await changedTwice(page, other, drawn);
  const dropped = await order(page, "The Quay", SCRIPT.replace("Pier", "Quay"), SIZE);
  await calledOffTwice(page, other, dropped);
}, "In neither window was anything done twice.");

/** Both windows show a film that waits. */
async function bothWaiting(page, other, place) {
  for (const one of [page, other]) {
    await one.goto(place);
    await one.getByText("Nothing is drawn until you say so.").waitFor();
    await one.locator('section[aria-label="Shots"] [data-shot]').first().waitFor();
  }
}

/** From now on a window is told nothing more of a film, and answered nothing, until it is let go: it shows how it was. */
async function held(page, job) {
  const film = new RegExp(`/api/v1/jobs/${job}`);
  let letGo = () => {};
  const gone = new Promise((done) => {
    letGo = done;
  });
  await page.route(film, async (route) => {
    if (route.request().method() === "GET") await gone;
    await route.continue().catch(() => undefined); // whoever asked has left meanwhile
  });
  // The stream that is open is cut; what the browser opens in its stead is held.
  const wire = await page.context().newCDPSession(page);
  const network = (offline) => wire.send("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await wire.send("Network.enable");
  await network(true);
  await page.getByText(LOST).waitFor();
  await network(false);
  await wire.detach();
  return {
    letGo: async () => {
      letGo();
      await page.unroute(film);
    },
  };
}

async function approvedTwice(page, other, { job, place }) {
  await bothWaiting(page, other, place);
  await page.getByRole("button", { name: "Draw it" }).waitFor();
  const hold = await held(other, job);
  await page.getByRole("button", { name: "Draw it" }).click();
  await page.getByRole("button", { name: "Draw it" }).waitFor({ state: "detached" });
  await other.getByRole("button", { name: "Draw it" }).click();
  await hold.letGo();
  await other.getByRole("alert").filter({ hasText: DECIDED }).waitFor();
  await other.getByText("Finished", { exact: true }).waitFor();
  await look(other, "film-decided-elsewhere");
  await fits(other, "film-decided-elsewhere");
  const events = await happened(page, job);
  claim(events.filter((kind) => kind === "approved").length === 1, `it was approved otherwise than once: ${events}`);
}

/** Kinds of all events of a film that has come to an end. */
async function happened(page, job) {
  const told = await ask(page, "GET", `/jobs/${job}/events?after=0`);
  return [...told.matchAll(/^event: (\w+)$/gm)].map(([, kind]) => kind);
}

/** A shot's sheet, and what is written there, with its price. */
async function write(page, fill) {
  await page.getByRole("button", { name: "Change shot s001-001" }).first().click();
  const sheet = page.getByRole("dialog", { name: "Shot s001-001" });
  await fill(sheet);
  await sheet.getByText("It costs").waitFor();
  return sheet;
}

async function changedTwice(page, other, { job }) {
  for (const one of [page, other]) {
    await one.reload();
    await plays(one);
  }
  const first = await write(page, (sheet) => sheet.getByLabel("Length in seconds").fill("4"));
  const second = await write(other, (sheet) => sheet.getByLabel("What it shows").fill(WRITTEN));
  await first.getByRole("button", { name: "Change it" }).click();
  await first.waitFor({ state: "detached" });
  await second.getByRole("button", { name: "Change it" }).click();
  await second.getByRole("alert").filter({ hasText: CHANGED }).waitFor();
  await look(other, "film-changed-elsewhere");
  await until(page, job, (film) => film.status === "completed" && film.revision === 1);
  await second.getByRole("button", { name: "Look at it as it is now" }).click();
  const seconds = await second.getByLabel("Length in seconds").elementHandle();
  await other.waitForFunction((field) => field.value === "4", seconds); // the other window's change is seen
  await second.getByText("It costs").waitFor();
  await stillWritten(second);
  await second.getByRole("button", { name: "Change it" }).click();
  await second.waitFor({ state: "detached" });
  await until(page, job, (film) => film.status === "completed" && film.revision === 2);

  const { scenes } = await ask(page, "GET", `/jobs/${job}/breakdown`);
  const shot = scenes[0].shots[0];
  claim(shot.seconds === 4 && shot.words === WRITTEN, `the shot is ${JSON.stringify(shot)}`);
  const versions = await ask(page, "GET", `/jobs/${job}/versions`);
  claim(versions.length === 3, `${versions.length} versions came of two changes`);
}

async function stillWritten(sheet) {
  claim((await sheet.getByLabel("What it shows").inputValue()) === WRITTEN, "what was written is lost");
}

async function calledOffTwice(page, other, { job, place }) {
  await bothWaiting(page, other, place);
  const hold = await held(other, job);
  const { credits } = await ask(page, "GET", "/credits");
  for (const one of [page, other]) {
    await one.getByRole("button", { name: "Call it off" }).click();
    await one.getByRole("alertdialog").getByText("Nothing is set aside for it").waitFor();
  }
  await page.getByRole("alertdialog").getByRole("button", { name: "Call it off" }).click();
  await page.getByText("Called off", { exact: true }).waitFor();
  await other.getByRole("alertdialog").getByRole("button", { name: "Call it off" }).click();
  await hold.letGo();
  await other.getByRole("alert").filter({ hasText: DECIDED }).waitFor();
  await other.getByText("Called off", { exact: true }).waitFor();
  await look(other, "film-called-off-elsewhere");
  await fits(other, "film-called-off-elsewhere");
  const events = await happened(page, job);
  claim(events.filter((kind) => kind === "cancelled").length === 1, `it was called off otherwise than once: ${events}`);
  claim((await ask(page, "GET", "/credits")).credits === credits, "credits have moved");
}

/** A film, as soon as it is as it should be. */
async function until(page, job, isSo) {
  for (let tries = 0; tries < 2_400; tries++) {
    const film = await ask(page, "GET", `/jobs/${job}`);
    if (isSo(film)) return film;
    claim(!["failed", "cancelled"].includes(film.status), `the film is ${film.status}`);
    await page.waitForTimeout(100);
  }
  throw new Error("the film does not come so far");
}
