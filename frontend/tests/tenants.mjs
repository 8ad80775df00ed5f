// The ways of those who know the house: Anna, who has films in it, and Bo, who looks after it. The whole lab, and nothing
// in its place.
import { administrator, ask, begin, claim, fits, look, rewrite, signIn, STUDIO } from "./house.mjs";

const NOW = Date.now();
const ANNA = `anna-${NOW}@example.org`;
const BO = `bo-${NOW}@example.org`;
const PASSWORD = "correct horse battery";
const SCRIPT = `Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

MARA
He said he would be here.

INT. KITCHEN - NIGHT

OLD TOM, 70, sits at the table and holds a letter. A STRANGER in a hood comes in.

TOM
I never left.

STRANGER
I waited.
`;

const { browser, context, page, complaints } = await begin();
try {
  await signIn(page, ANNA, PASSWORD);
  await atTheTill();
  await herAccount();
  const project = await herProject();
  await twoWindows(project);
  await aChangeBeforeItIsDrawn(project);
  const held = await aFilmThatIsHeld();
  await theHouse(held);
  await herLeave();
  claim(complaints.length === 0, complaints.join("\n"));
  console.log("Everybody is at home.");
} catch (error) {
  for (const one of context.pages()) console.error(`at ${one.url()}`);
  console.error(complaints.join("\n"));
  if (process.env.STUDIO_PICTURES) await page.screenshot({ path: `${process.env.STUDIO_PICTURES}/failed.png` });
  throw error;
} finally {
  await browser.close();
}

async function atTheTill() {
  await page.goto(`${STUDIO}/credits`);
  await page.getByRole("button", { name: /^Buy \d+ credits/ }).first().waitFor();
  await page.getByText("A beginning").first().waitFor();
  await look(page, "credits-new");
  await page.getByRole("button", { name: /^Buy \d+ credits/ }).first().click();
  await page.waitForURL(/\/c\/pay\//);
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByText("You came back before you paid.").waitFor();
  await look(page, "credits-left");
  await page.getByRole("link", { name: "Go on with it" }).click();
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText(/are yours\. Thank you\./).waitFor();
  await page.getByRole("button", { name: /^Receipt: Bought/ }).click();
  await page.getByRole("dialog", { name: "Receipt" }).waitFor();
  await look(page, "credits-receipt");
  await page.getByRole("button", { name: "Close" }).click();
  await look(page, "credits-bought");
  await fits(page, "credits");
}

async function herAccount() {
  await page.goto(`${STUDIO}/account`);
  await page.getByText("This window").waitFor();
  await page.getByText("Nobody is told.").waitFor();
  await look(page, "account-new");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByLabel("What is it for?").fill("cutting room");
  await page.getByText("May look, change, and spend credits").click();
  await look(page, "account-key");
  await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("textbox", { name: "Your new key" }).waitFor();
  const key = await page.getByRole("textbox", { name: "Your new key" }).inputValue();
  claim(/^afs_/.test(key), `that is no key: ${key}`);
  await look(page, "account-key-made");
  await page.getByRole("button", { name: "I have kept it" }).click();

  await page.getByRole("button", { name: "Add a webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a webhook" });
  await dialog.getByLabel("Address").fill("https://127.0.0.1/hook");
  await dialog.getByRole("button", { name: "Add a webhook" }).click();
  await dialog.getByRole("alert").waitFor();
  await look(page, "account-webhook");
  await dialog.getByLabel("Address").fill("https://1.1.1.1/hook");
  await dialog.getByRole("button", { name: "Add a webhook" }).click();
  await page.getByRole("textbox", { name: "Its secret" }).waitFor();
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByRole("button", { name: "What it was told: https://1.1.1.1/hook" }).click();
  await page.getByText("Nothing yet.").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Switch off: https://1.1.1.1/hook" }).click();
  await page.getByText("Switched off by you").waitFor();
  await look(page, "account");
  await fits(page, "account");
  await page.getByRole("button", { name: "Delete https://1.1.1.1/hook" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("Nobody is told.").waitFor();

  const refused = await page.evaluate(async (token) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch("/api/v1/projects", { headers, credentials: "omit" })).status;
  }, key);
  claim(refused === 200, `the key opens nothing: ${refused}`);
  await page.getByRole("button", { name: "Revoke cutting room" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("No program has a key of yours.").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download it" }).click()]);
  claim((await download.failure()) === null, "what is known of her did not come");
}

async function newProject(title, script) {
  const made = await ask(page, "POST", "/projects", { title });
  await ask(page, "PUT", `/projects/${made.project_id}/script?name=script.fountain`, script);
  return made.project_id;
}

async function herProject() {
  const project = await newProject("The Pier", SCRIPT);
  await page.goto(`${STUDIO}/projects/${project}`);
  await page.getByRole("button", { name: "Keep them all" }).waitFor();
  await page.locator(".fountain-cue").first().waitFor();
  await look(page, "project-cast-suggested");
  await page.getByRole("button", { name: "Keep them all" }).click();
  await page.getByRole("button", { name: /^Edit MARA$/i }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Looks").fill("a tall woman with grey hair in a bun, in a green coat");
  await look(page, "project-cast-edit");
  await sheet.getByRole("button", { name: "Save" }).click();
  await page.getByText("a tall woman with grey hair in a bun, in a green coat").waitFor();

  await page.getByRole("button", { name: /^Edit MARA$/i }).click();
  const drawn = await page.screenshot({ clip: { x: 0, y: 0, width: 640, height: 640 } });
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), sheet.getByRole("button", { name: "Add a picture" }).click()]);
  await chooser.setFiles({ name: "mara.png", mimeType: "image/png", buffer: drawn });
  await sheet.getByRole("img", { name: /A picture of/ }).waitFor();
  await sheet.getByText(/^(the )?stranger$/i).last().click();
  await look(page, "project-cast-merge");
  await sheet.getByRole("button", { name: "Make them one" }).click();
  await sheet.getByText(/^(the )?stranger$/i).waitFor({ state: "detached" });
  await sheet.getByRole("button", { name: "Leave it" }).first().click();
  await page.getByRole("button", { name: /^Edit MARA$/i }).waitFor();
  await fits(page, "project with a cast");
  return project;
}

/** Two windows write on one script: the second is told, and nothing is lost. */
async function twoWindows(project) {
  const other = await context.newPage();
  await other.goto(`${STUDIO}/projects/${project}`);
  await other.locator(".fountain-cue").first().waitFor();
  await rewrite(page, SCRIPT.replace("I never left.", "I never left. I waited."));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Version 2 is saved").waitFor();
  await rewrite(other, SCRIPT.replace("Fog over the water.", "Snow over the water."));
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await other.getByText("This script was changed in another window meanwhile.").waitFor();
  await look(other, "project-two-windows");
  await other.getByRole("button", { name: "Save mine as the newest" }).click();
  await other.getByText("Version 3 is saved").waitFor();
  const kept = [];
  for (const number of [1, 2, 3]) kept.push(await ask(other, "GET", `/projects/${project}/script?number=${number}`));
  claim(kept[1].includes("I never left. I waited.") && kept[2].includes("Snow over"), `something was lost: ${kept.join("\n---\n")}`);

  await other.getByRole("button", { name: "Compare version 1 with the newest" }).click();
  await other.getByText(/A new film draws \d+ of its \d+ shots anew/).waitFor();
  await look(other, "project-compared");
  await other.close();
}

/** A film that waits for its review: a shot is changed, with its price first, and the film is called off. */
async function aChangeBeforeItIsDrawn(project) {
  const job = await ask(
    page, "POST", "/jobs", { project_id: project, review: true, width: 320, height: 180 }, { "idempotency-key": `waits-${NOW}` },
  );
  await page.goto(`${STUDIO}/projects/${project}/jobs/${job.job_id}`);
  await page.getByText("Nothing is drawn until you say so.").waitFor();
  // By the keyboard alone: it opens, and is left to where it was opened.
  const sheet = page.getByRole("dialog");
  const opener = page.getByRole("button", { name: /^Change shot/ }).first();
  await opener.focus();
  await page.keyboard.press("Enter");
  await sheet.getByText("Nothing is changed yet.").waitFor();
  await page.waitForFunction(() => document.querySelector("[role=dialog]").contains(document.activeElement));
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Change shot"));
  await page.keyboard.press("Enter");
  await sheet.getByText("Nothing is changed yet.").waitFor();
  await sheet.getByLabel("What it shows").fill("Mara runs along the pier in the snow.");
  await sheet.getByText("Very wide", { exact: true }).click();
  await sheet.getByText("Pushes in", { exact: true }).click();
  await sheet.getByLabel("Length in seconds").fill("none");
  await sheet.getByText("A number of seconds above 0, up to 600.").waitFor();
  await sheet.getByLabel("Length in seconds").fill("4.5");
  await sheet.getByRole("button", { name: "Another take" }).click();
  await sheet.getByText("It costs: Nothing").waitFor();
  await look(page, "film-change");
  await sheet.getByRole("button", { name: "Change it", exact: true }).click();
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /Mara runs along the pier in the snow/ }).first().waitFor();
  await look(page, "film-changed");
  await page.getByRole("link", { name: "The script" }).click();
  await page.getByRole("heading", { name: "Who is where" }).waitFor();
  await look(page, "project-who");
  await page.goBack();
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByText("Nothing is set aside for it, so nothing is lost.").waitFor();
  await page.getByRole("alertdialog").getByRole("button", { name: "Call it off" }).click();
  await page.getByText("Called off", { exact: true }).waitFor();
  await look(page, "film-called-off");
}

async function aFilmThatIsHeld() {
  const project = await newProject("The Cellar", SCRIPT.replace("I never left.", "She was raped."));
  const order = { project_id: project, width: 320, height: 180 };
  const job = await ask(page, "POST", "/jobs", order, { "idempotency-key": `held-${NOW}` });
  await page.goto(`${STUDIO}/projects/${project}/jobs/${job.job_id}`);
  await page.getByText("With a moderator", { exact: true }).waitFor();
  claim((await page.getByRole("button", { name: "Draw it" }).count()) === 0, "a film that is held is offered to be drawn");
  await look(page, "film-held");
  return page.url();
}

async function theHouse(held) {
  const bo = await administrator(browser, BO, async (bo) => {
    bo.on("pageerror", (error) => complaints.push(`error: ${error}`));
    await bo.goto(`${STUDIO}/admin`);
    await bo.getByText("This page is for those who run the studio.").waitFor();
  });
  await bo.goto(`${STUDIO}/admin`);
  await bo.getByText(/All is well\.|Something needs you\./).first().waitFor();
  await look(bo, "admin-health");
  await fits(bo, "admin");

  await bo.getByRole("link", { name: "Moderation" }).click();
  await bo.getByRole("button", { name: /The Cellar/ }).first().click();
  const sheet = bo.getByRole("dialog", { name: "The Cellar" });
  await sheet.getByText("She was raped.").waitFor();
  await look(bo, "admin-held");
  await sheet.getByRole("button", { name: "Refuse it" }).click();
  const asked = bo.getByRole("alertdialog");
  await look(bo, "admin-refuse");
  await asked.getByLabel("Why?").fill("Not in this house.");
  await asked.getByRole("button", { name: "Refuse it" }).click();
  await sheet.getByText(/Because: Not in this house\./).waitFor();
  await sheet.getByRole("button", { name: "Close" }).click();
  await look(bo, "admin-moderation");

  await bo.getByRole("link", { name: "Users" }).click();
  await bo.getByLabel("Search by address").fill(ANNA);
  await bo.getByRole("button", { name: new RegExp(ANNA) }).click();
  const anna = bo.getByRole("dialog", { name: ANNA });
  await anna.getByRole("button", { name: "Give credits" }).click();
  await bo.getByLabel("How many").fill("7");
  await bo.getByLabel("Why?").fill("A present.");
  await bo.getByRole("alertdialog").getByRole("button", { name: "Give credits" }).click();
  await anna.getByText(/They have \d+ credits now\./).waitFor();
  await look(bo, "admin-user");
  await anna.getByRole("button", { name: "Close" }).click();
  await look(bo, "admin-users");

  await bo.getByRole("link", { name: "Dead letters" }).click();
  // A lab without a GPU may have no queue of them: then it says so.
  await bo.getByText(/No dead letters\.|Run it again/).or(bo.getByRole("main").getByRole("alert")).first().waitFor();
  await look(bo, "admin-letters");
  await bo.getByRole("link", { name: "Audit" }).click();
  await bo.getByText("A present.").first().waitFor();
  await bo.getByText("Not in this house.").first().waitFor();
  await look(bo, "admin-audit");
  await bo.context().close();

  await page.goto(held);
  await page.getByText(/Not in this house\./).first().waitFor();
  await look(page, "film-refused");
  await page.goto(`${STUDIO}/credits`);
  await page.getByText("A present.").first().waitFor();
}

async function herLeave() {
  await page.goto(`${STUDIO}/account`);
  await page.getByRole("button", { name: "Delete the account" }).click();
  const asked = page.getByRole("alertdialog");
  await asked.getByLabel("Your password").fill("not the password");
  await asked.getByRole("button", { name: "Delete everything" }).click();
  await asked.getByRole("alert").waitFor();
  await look(page, "account-leave");
  await asked.getByLabel("Your password").fill(PASSWORD);
  await asked.getByRole("button", { name: "Delete everything" }).click();
  await page.waitForURL(`${STUDIO}/`);
  await page.goto(`${STUDIO}/dashboard`);
  await page.waitForURL("**/login?next=%2Fdashboard");
}
