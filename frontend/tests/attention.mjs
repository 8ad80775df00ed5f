// A film that needs somebody: its worker dies again and again with two of its shots in hand. One is tried again, of the
// other the draft's picture is taken, and the film is made. The whole lab, and nothing in its place.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { administrator, ask, claim, fits, look, order, plays, signIn, STUDIO, walk } from "./house.mjs";

const PARKED = "The machine that drew it gave out, several times over. Other words for what it shows may help.";
/** Two scenes, which are drawn at once, of one shot each. */
const SCRIPT = `EXT. HARBOUR - DUSK

Fog over the water.

INT. KITCHEN - NIGHT

A letter lies on the table.
`;

const WRITER = `attention-${Date.now()}@example.org`;

await walk(async ({ browser, page }) => {
  await signIn(page, WRITER, "correct horse battery");
  const { job, place } = await order(page, "The Fog", SCRIPT, { width: 320, height: 180, review: true });
  await page.goto(place);
  await page.getByText("Nothing is drawn until you say so.").waitFor();
  await givenUp(page, job);
  await decided(page);
  await page.getByText("Finished", { exact: true }).waitFor();
  await plays(page);
  await whatBecame(page, job);
  await inTheHouse(browser, page);
}, "The film was made after all.");

/** Draw it, and let workers die of it until its shots are given up. */
async function givenUp(page, job) {
  const losing = spawn(process.env.STUDIO_PYTHON, ["-m", "tests.e2e.losses", job, "2"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(losing, "exit");
  try {
    await Promise.race([once(losing.stdout, "data"), ended]);
    claim(losing.exitCode === null, "nothing is lost");
    await page.getByRole("button", { name: "Draw it" }).click();
    await page.getByText("In the works", { exact: true }).waitFor();
    const [code] = await ended;
    claim(code === 0, "workers could not be lost");
  } finally {
    losing.kill();
  }
}

/** What happened stands there in a writer's words, and what can be done about each shot. */
async function decided(page) {
  await page.getByText("A shot needs you", { exact: true }).waitFor();
  await page.getByText("The others go on; say what shall become of these.").waitFor();
  await page.getByText(PARKED).nth(1).waitFor();
  await page.locator('section[aria-label="Shots"]').getByText("needs you").nth(1).waitFor();
  await look(page, "film-attention");
  await fits(page, "film-attention");

  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.getByText(PARKED).nth(1).waitFor({ state: "detached" });
  await page.getByText("A letter lies on the table.").first().waitFor();
  await page.getByRole("button", { name: "Use the draft's picture" }).click();
  await page.getByText(PARKED).waitFor({ state: "detached" });
}

/** What was decided is what the film is made of. */
async function whatBecame(page, job) {
  const { items } = await ask(page, "GET", `/jobs/${job}/shots`);
  const states = items.map((shot) => shot.state).join(", ");
  claim(states === "made, stand_in", `the shots are ${states}`);
  await page.locator('section[aria-label="Shots"]').getByText("the draft's picture").waitFor();
  await look(page, "film-stand-in");
  await page.goto(`${STUDIO}/dashboard`);
  await page.getByRole("link", { name: /The Fog/ }).first().waitFor();
}

/** Who runs the studio reads which film it was, whose, and which shot of it. */
async function inTheHouse(browser, page) {
  const house = await administrator(browser, `house-${WRITER}`);
  await house.goto(`${STUDIO}/admin#letters`);
  const letter = house.getByRole("listitem").filter({ hasText: WRITER }).first();
  await letter.waitFor();
  const name = await letter.getByRole("heading").textContent();
  claim(/^Shot s00[12]-001 of The Fog$/.test(name), `the letter is called ${name}`);
  await letter.getByText("Finished").waitFor();
  await look(house, "admin-letters-named");
  await fits(house, "admin-letters-named");
  await letter.getByRole("button", { name: "Run it again" }).click();
  const asked = house.getByRole("alertdialog");
  await asked.getByLabel("Why?").fill("It looked as if it waited.");
  await asked.getByRole("button", { name: "Run it again" }).click();
  await asked.getByText("The film is completed: there is nothing to run again; discard it.").waitFor();
  await house.context().close();
  await page.bringToFront();
}
