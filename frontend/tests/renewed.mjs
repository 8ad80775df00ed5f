// Tabs that stand open while the studio is renewed beneath them: other pages, another process of the API, and the parts
// of the old pages gone. Each is told in words, and is loaded again with all that was written on it. The whole lab, with
// an API of its own, and nothing in its place.
import { spawn } from "node:child_process";
import { ask, claim, fits, look, rewrite, signIn, STUDIO, walk } from "./house.mjs";

const EMAIL = `renewed-${Date.now()}@example.org`;
const SCRIPT = `Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

MARA
He said he would be here.
`;
const WRITTEN = SCRIPT.replace("Fog", "Snow");
const TOLD = "The studio was renewed.";
const STOPPED = "The studio was renewed meanwhile.";

let api = await serve(process.env.STUDIO_PAGES_BEFORE);
try {
  await walk(async ({ page, context }) => {
    await signIn(page, EMAIL, "correct horse battery");
    const project = await newProject(page);
    const slow = await stillLoading(context, project);
    const chooser = await atTheDesk(context);
    await writing(page, project);

    await end(api);
    api = await serve(process.env.STUDIO_PAGES_AFTER);

    await isTold(context, page);
    await goesOn(page, project);
    await aPartIsGone(slow, project);
    await anAnswerIsStrange(chooser);
  }, "All went on with what they had written.");
} finally {
  await end(api);
}

/** An API, with pages, that answers. */
async function serve(pages) {
  const port = new URL(STUDIO).port;
  const env = { ...process.env, STUDIO_PAGES: pages };
  const started = spawn(process.env.STUDIO_PYTHON, ["-m", "cli.main", "api", "--port", port], { env, stdio: "ignore" });
  for (let tries = 0; tries < 4_800; tries++) {
    claim(started.exitCode === null, `the API has ended with ${started.exitCode}`);
    const answer = await fetch(`${STUDIO}/readyz`).catch(() => null);
    if (answer?.ok) return started;
    await new Promise((done) => setTimeout(done, 100));
  }
  await end(started);
  throw new Error("the API does not answer");
}

async function end(started) {
  if (started.exitCode !== null || started.signalCode !== null) return;
  const gone = new Promise((done) => started.once("exit", done));
  started.kill("SIGKILL"); // a deployment waits for nobody's tab
  await gone;
}

async function newProject(page) {
  const { project_id } = await ask(page, "POST", "/projects", { title: "The Pier" });
  await ask(page, "PUT", `/projects/${project_id}/script?name=pier.fountain`, SCRIPT);
  await ask(page, "POST", `/projects/${project_id}/cast-suggestions`, { names: null });
  return project_id;
}

/** A tab whose script is still on its way, and with it the editor; a title is being written there. */
async function stillLoading(context, project) {
  const page = await context.newPage();
  let letGo = () => {};
  const held = new Promise((done) => {
    letGo = done;
  });
  await page.route(/\/script(\?|$)/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${STUDIO}/projects/${project}`);
  await page.getByRole("textbox", { name: "Title" }).fill("The Quay");
  return { page, letGo };
}

async function atTheDesk(context) {
  const page = await context.newPage();
  await page.goto(`${STUDIO}/dashboard`);
  await page.getByText("Drop a script here").waitFor();
  return page;
}

/** A script that is not saved, and somebody of the cast who is being described. */
async function writing(page, project) {
  await page.bringToFront();
  await page.goto(`${STUDIO}/projects/${project}`);
  await page.locator(".fountain-cue").first().waitFor();
  await rewrite(page, WRITTEN);
  await page.getByText("Not saved yet").first().waitFor();
  await page.getByRole("button", { name: "Edit Mara" }).click();
  await page.getByRole("dialog", { name: "Mara" }).getByLabel("Looks", { exact: true }).fill("a weathered woman in a red coat");
}

/** Whoever comes back to their tab is told, over what they were writing, and may put it off. */
async function isTold(context, page) {
  claim((await page.getByText(TOLD).count()) === 0, "it is told before it is so");
  await context.setOffline(true);
  await context.setOffline(false);
  const sheet = page.getByRole("dialog", { name: "Mara" });
  await sheet.getByText(TOLD).waitFor();
  await look(page, "project-renewed");
  await fits(page, "project-renewed");
}

/** Loaded again, the tab is of the new pages, has all that was written, and saves it. */
async function goesOn(page, project) {
  page.on("dialog", () => {
    throw new Error("somebody is asked whether what was written may go");
  });
  const loadAgain = page.getByRole("dialog", { name: "Mara" }).getByRole("button", { name: "Load it again" });
  await Promise.all([page.waitForEvent("load"), loadAgain.press("Enter")]);
  await page.getByText("Skip to what is here").waitFor({ state: "attached" });
  const sheet = page.getByRole("dialog", { name: "Mara" });
  const looks = sheet.getByLabel("Looks", { exact: true });
  await looks.waitFor();
  claim((await looks.inputValue()) === "a weathered woman in a red coat", "what was written of Mara is lost");
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.waitFor({ state: "detached" });
  await page.getByText("Snow over the water.").waitFor();
  await page.getByText("Not saved yet").first().waitFor();
  await page.getByRole("textbox", { name: "Script" }).press("ControlOrMeta+z");
  await page.getByText("Fog over the water.").waitFor();
  await page.getByRole("textbox", { name: "Script" }).press("ControlOrMeta+Shift+z");
  await page.getByText("Snow over the water.").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Version 2 is saved").waitFor();
  claim((await ask(page, "GET", `/projects/${project}/script`)) === WRITTEN, "what was written is not what was saved");
  await page.reload();
  await page.getByText("Version 2 is saved").waitFor();
}

/** The editor's part of the old pages is gone: the page says so, and comes back with the title that was being written. */
async function aPartIsGone({ page, letGo }, project) {
  await page.bringToFront();
  letGo();
  await page.getByRole("heading", { name: STOPPED }).waitFor();
  await look(page, "project-part-gone");
  await fits(page, "project-part-gone");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Load it again" }).click()]);
  const title = page.getByRole("textbox", { name: "Title" });
  await title.waitFor();
  claim((await title.inputValue()) === "The Quay", "the title that was being written is lost");
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok()),
    title.press("Enter"),
  ]);
  claim((await ask(page, "GET", `/projects/${project}`)).title === "The Quay", "the title was not saved");
}

/** A studio that refuses what a page of before sends: what it says is shown, and that there is a newer page. */
async function anAnswerIsStrange(page) {
  await page.bringToFront();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Choose a file" }).click()]);
  await chooser.setFiles({ name: "picture.fountain", mimeType: "text/plain", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) });
  await page.getByRole("main").getByRole("alert").filter({ hasText: "picture.fountain" }).waitFor();
  await page.getByText(TOLD).waitFor();
  await page.getByRole("button", { name: "Not now" }).click();
  await page.getByText(TOLD).waitFor({ state: "detached" });
}
