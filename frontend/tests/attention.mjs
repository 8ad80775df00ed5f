// A film that needs somebody: its worker dies again and again with two of its shots in hand. One is tried again, of the
// other the draft's picture is taken, and the film is made. The whole lab, and nothing in its place.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { ask, claim, fits, look, order, plays, signIn, STUDIO, walk } from "./house.mjs";

const PARKED = "The machine that drew it gave out, several times over. Other words for what it shows may help.";
/** Two scenes, which are drawn at once, of one shot each. */
const SCRIPT = `EXT. HARBOUR - DUSK

Fog over the water.

INT. KITCHEN - NIGHT

A letter lies on the table.
`;

await walk(async ({ page }) => {
  await signIn(page, `attention-${Date.now()}@example.org`, "correct horse battery");
  const { job, place } = await order(page, "The Fog", SCRIPT, { width: 320, height: 180, review: true });
  await page.goto(place);
  await page.getByText("Nothing is drawn until you say so.").waitFor();
  await givenUp(page, job);
  await decided(page);
  await page.getByText("Finished", { exact: true }).waitFor();
  await plays(page);
  await whatBecame(page, job);
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
