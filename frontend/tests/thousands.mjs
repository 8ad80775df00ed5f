// A film of far more shots than a page can hold: those near what is seen are in it, and all are met on the way. The whole
// lab, and nothing in its place.
import { claim, fits, longScript, look, order, signIn, STUDIO, walk } from "./house.mjs";

const SHOTS = 1_500;
/** Elements that stand for shots, at once. */
const IN_THE_PAGE = 200;
/** Three shots each. */
const SCENES = 520;
const BOARD = 'section[aria-label="Shots"]';

await walk(async ({ page }) => {
  await signIn(page, `thousands-${Date.now()}@example.org`, "correct horse battery");
  const { place } = await order(page, "All of It", longScript(SCENES), { width: 320, height: 180, review: true });
  await page.goto(place);
  await page.getByText("Nothing is drawn until you say so.").waitFor();
  await page.locator(`${BOARD} [data-shot]`).first().waitFor();
  const all = Number(/of (\d+) shots drawn/.exec(await page.getByText(/of \d+ shots drawn/).textContent())[1]);
  claim(all >= SHOTS, `the film has ${all} shots alone`);
  let last;
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    last = await metOnTheWay(page, all, width);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await look(page, "film-of-thousands");
  await fits(page, "film-of-thousands");
  await theLastOne(page, last);
}, "All of it was seen.");

/** From the first shot to the last, screen by screen. Returns the number of the last. */
async function metOnTheWay(page, all, width) {
  const { most, met } = await page.evaluate(async (board) => {
    const met = new Set();
    let most = 0;
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const count = () => {
      const shots = [...document.querySelectorAll(`${board} [data-shot]`)];
      for (const shot of shots) met.add(shot.dataset.shot);
      most = Math.max(most, shots.length);
    };
    window.scrollTo(0, 0);
    await drawn();
    for (let before = -1; window.scrollY > before; ) {
      before = window.scrollY;
      count();
      window.scrollBy({ top: innerHeight, behavior: "instant" });
      await drawn();
    }
    count();
    return { most, met: [...met] };
  }, BOARD);
  claim(most > 0 && most <= IN_THE_PAGE, `${most} shots are in a page ${width} px wide`);
  claim(met.length === all, `${width} px wide, ${met.length} of ${all} shots were met`);
  return met.at(-1);
}

/** Whoever jumps to the end finds the last shot there, and can change it. */
async function theLastOne(page, last) {
  await page.keyboard.press("End");
  await page.locator(`${BOARD} [data-shot="${last}"]`).getByRole("button", { name: `Change shot ${last}` }).click();
  await page.getByRole("dialog", { name: `Shot ${last}` }).getByText("Nothing is changed yet.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Call it off" }).click();
  await page.getByText("Called off", { exact: true }).waitFor();
}
