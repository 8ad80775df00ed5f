// A film that is watched while it is made, and handed on when it is whole: on the whole lab, and nothing in its place.
import {
  anotherPage, begin, claim, drawn, fits, longScript, look, order, signIn, soon, STUDIO, tell, truth, workUntil,
} from "./house.mjs";

const EMAIL = `growing-${Date.now()}@example.org`;
const SCENES = 12;

const { browser, page, complaints } = await begin();
try {
  await signIn(page, EMAIL, "correct horse battery");
  const { job, place } = await order(page, "Nobody Comes", longScript(SCENES), { width: 960, height: 540, review: true });
  await page.goto(place);
  await drawn(page);
  await timeThatIsLeft(job);
  const at = await watchedMeanwhile(job);
  tell("worker", "SIGCONT");
  await theWholeFilm(at);
  await handedOn();
  claim(complaints.length === 0, complaints.join("\n"));
  console.log("The film was watched while it grew.");
} catch (error) {
  console.error(`at ${page.url()}`, complaints.join("\n"));
  if (process.env.STUDIO_PICTURES) await page.screenshot({ path: `${process.env.STUDIO_PICTURES}/failed.png` });
  throw error;
} finally {
  tell("worker", "SIGCONT"); // whatever came: others have films made, too
  await browser.close();
}

async function timeThatIsLeft(job) {
  await workUntil(page, `/jobs/${job}/time-left`, (left) => left.seconds);
  await page.getByText(/^((About .*|Less than a minute) left|It is ready at any moment)\.$/).waitFor();
}

/** What stands is played without a gap from piece to piece, and more comes while it is. Returns where it was. */
async function watchedMeanwhile(job) {
  const soFar = page.getByRole("button", { name: "Watch the film so far" });
  const video = page.locator("video");
  await pieceByPiece(job, () => soFar.isVisible());
  await soFar.click();
  await page.waitForFunction(() => {
    const film = document.querySelector("video");
    return film && film.currentTime > 0.5 && film.getVideoPlaybackQuality().totalVideoFrames > 5 && film.videoWidth === 960;
  });
  claim((await video.evaluate((film) => film.src)).startsWith("blob:"), "it is no film that grows");
  const first = await video.evaluate((film) => film.duration);
  await pieceByPiece(job, () => video.evaluate((film, before) => film.duration > before, first));
  claim((await video.evaluate((film) => film.src)).startsWith("blob:"), "the film was whole before it had grown");
  // On from the last second of what there was into what has come since.
  await video.evaluate((film, end) => {
    film.currentTime = end - 1;
    return film.play();
  }, first);
  await page.waitForFunction((end) => document.querySelector("video")?.currentTime > end + 0.5, first);
  const seen = await video.evaluate((film) => {
    const { totalVideoFrames, droppedVideoFrames } = film.getVideoPlaybackQuality();
    return totalVideoFrames - droppedVideoFrames;
  });
  claim(seen > 0, "no frame was seen");
  await look(page, "film-so-far");
  await fits(page, "film-so-far");
  return first;
}

/** Let the film grow, a piece at a time, until the page is as it should be; then the worker stands still, or a quick
    machine would have made all of it before a slow browser had seen any. */
async function pieceByPiece(job, isSo) {
  const film = `/jobs/${job}/preview?limit=1`;
  do {
    const { pieces, growing } = await truth(page, film);
    claim(growing, "every piece was there before the page was as it should be");
    await workUntil(page, film, (now) => now.pieces > pieces);
  } while (!(await soon(isSo))); // the page may hear of a piece only with the next one
}

/** When it is whole, the film goes on where it was watched. */
async function theWholeFilm(at) {
  await page.getByText("Finished", { exact: true }).waitFor();
  await page.waitForFunction((before) => {
    const film = document.querySelector("video");
    return film?.src.startsWith("http") && film.currentTime >= before - 1 && film.videoWidth === 960;
  }, at);
}

/** A stranger watches it by a link, until its owner takes that back. */
async function handedOn() {
  const share = page.getByRole("region", { name: "Share the film" });
  await share.getByText("An hour", { exact: true }).click();
  await share.getByRole("button", { name: "Share the film" }).click();
  await share.getByText(/works until/).waitFor();
  const link = await share.getByRole("textbox", { name: /^Link until/ }).inputValue();
  claim(link.startsWith(`${STUDIO}/watch#`), `a link to ${link}`);
  await look(page, "film-shared");
  await fits(page, "film-shared");

  const guest = await anotherPage(browser);
  const answer = await guest.goto(link);
  claim(answer.headers()["x-robots-tag"] === "noindex, nofollow", "the page may be listed");
  await guest.getByRole("heading", { name: "Nobody Comes" }).waitFor();
  await guest.locator("video").evaluate(async (film) => {
    film.muted = true;
    await film.play();
  });
  await guest.waitForFunction((scenes) => {
    const film = document.querySelector("video");
    return film.currentTime > 0.5 && film.getVideoPlaybackQuality().totalVideoFrames > 5 && film.textTracks[0]?.cues?.length === scenes;
  }, SCENES);
  await guest.locator("video").evaluate((film) => film.pause());
  await look(guest, "watch");
  await fits(guest, "watch");

  await share.getByRole("button", { name: /^Take it back: the link/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take it back" }).click();
  await share.getByRole("textbox").waitFor({ state: "detached" });
  await guest.reload();
  await guest.getByText(/leads to no film/).waitFor();
  await look(guest, "watch-gone");
  await fits(guest, "watch-gone");
  await guest.context().close();
}
