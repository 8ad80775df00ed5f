// What nobody should hand in, write or pay with: each is answered in words on the page, and nothing is lost by it. The
// whole lab, and nothing in its place.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, claim, fits, look, order, rewrite, signIn, STUDIO, walk } from "./house.mjs";

const NOW = Date.now();
const MIB = 1024 * 1024;
const LONG = "x".repeat(10_000);
/** What would run, were it not shown as the text that it is. */
const TAGS = '<script>owned = 1</script><img src="/x" onerror="owned = 1">';
const SCRIPT = `Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

MARA
He said he would be here.
`;
/** What a browser takes for a picture, a program and an archive, under names of scripts. */
const BINARIES = [
  { name: "picture.fountain", bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] },
  { name: "program.txt", bytes: [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...Array.from({ length: 200 }, (_, at) => (at * 37) % 256)] },
  { name: "archive.docx", bytes: [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 1, 2, 3, 4] },
];

await walk(async ({ page, context }) => {
  await signIn(page, `refused-${NOW}@example.org`, "correct horse battery");
  await whatIsNoScript(page);
  const project = await newProject(page);
  await tooMuchText(page, project);
  await namesTooLong(page, project);
  await namesThatWouldRun(page, project);
  await twoWindows(context, page, project);
  await whatIsNotPaid(page);
}, "All of it was answered in words.");

async function newProject(page) {
  const { project_id } = await ask(page, "POST", "/projects", { title: "The Pier" });
  await ask(page, "PUT", `/projects/${project_id}/script?name=pier.fountain`, SCRIPT);
  return project_id;
}

/** The page says something, in a sentence that ends as one. Returns it. */
async function told(page, pattern) {
  const words = page.getByRole("main").getByRole("alert").filter({ hasText: pattern });
  await words.waitFor();
  const text = await words.textContent();
  claim(!/undefined|null|\{|Traceback|Error:/.test(text), `that is no sentence: ${text}`);
  return text;
}

/** Let a file, or else a text, fall onto a part of the page, as a hand does. */
async function drop(page, onto, { name, bytes, text }) {
  const folder = mkdtempSync(join(tmpdir(), "studio-drop-"));
  const hand = await page.context().newCDPSession(page);
  try {
    const files = name ? [join(folder, name)] : [];
    for (const file of files) writeFileSync(file, Buffer.from(bytes));
    const items = text ? [{ mimeType: "text/plain", data: text }] : [];
    await onto.scrollIntoViewIfNeeded();
    const { x, y } = await onto.boundingBox();
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await hand.send("Input.dispatchDragEvent", { type, x: x + 20, y: y + 20, data: { items, files, dragOperationsMask: 1 } });
    }
    if (name) await told(page, name);
  } finally {
    await hand.detach();
    rmSync(folder, { recursive: true });
  }
}

async function whatIsNoScript(page) {
  await page.goto(`${STUDIO}/dashboard`);
  await page.getByText("No films yet.").waitFor();
  const zone = page.getByText("Drop a script here");
  for (const binary of BINARIES) {
    await drop(page, zone, binary);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Choose a file" }).click()]);
    const picked = { name: `picked-${binary.name}`, mimeType: "text/plain", buffer: Buffer.from(binary.bytes) };
    await chooser.setFiles(picked);
    await told(page, picked.name);
  }
  await look(page, "dashboard-refused");
  await fits(page, "dashboard-refused");
  await drop(page, zone, { text: "EXT. HARBOUR - DUSK" });
  await told(page, "That is no file. Drop a script, or choose one.");
  const { items } = await ask(page, "GET", "/projects");
  claim(items.length === 0, `${items.length} projects are left of what was refused`);
}

async function tooMuchText(page, project) {
  await page.goto(`${STUDIO}/projects/${project}`);
  const paper = page.getByRole("textbox", { name: "Script" });
  await page.locator(".fountain-cue").first().waitFor();
  const line = "She walks along the wall and looks at the door, and nobody comes.\n\n";
  await rewrite(page, `HER NOVEL. ${line.repeat(Math.ceil((5 * MIB) / line.length))}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await told(page, "A script may be 5 MB of text at most; this one is longer. Nothing was saved.");
  await paper.press("ControlOrMeta+Home");
  await page.getByText("HER NOVEL.").waitFor();
  await look(page, "project-too-long");

  await rewrite(page, `${SCRIPT}\0`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await told(page, "This holds characters that no text can hold. Nothing was saved.");
  await rewrite(page, SCRIPT);
  await page.getByText("Version 1 is saved").waitFor();
  await drop(page, page.getByRole("region", { name: "Script" }), BINARIES[0]);
  await page.getByText("Fog over the water.").waitFor();
  const scripts = await ask(page, "GET", `/projects/${project}/scripts`);
  claim(scripts.length === 1, `${scripts.length} versions are there, and one was handed in`);
}

async function namesTooLong(page, project) {
  await page.goto(`${STUDIO}/projects/${project}`);
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill(LONG);
  await title.press("Enter");
  await told(page, "This has 10000 characters, and 255 at most are possible.");
  claim((await title.inputValue()) === LONG, "what was written is gone");
  await look(page, "project-long-title");
  await fits(page, "project-long-title");
  claim((await ask(page, "GET", `/projects/${project}`)).title === "The Pier", "the title was changed");

  await page.getByRole("button", { name: "Keep them all" }).click();
  await page.getByRole("button", { name: /^Edit MARA$/i }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Name", { exact: true }).fill(LONG);
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.getByText("This has 10000 characters, and 100 at most are possible.").waitFor();
  await look(page, "project-cast-long");
  await sheet.getByLabel("Name", { exact: true }).fill(TAGS);
  await sheet.getByRole("button", { name: "Save" }).click();
  await sheet.waitFor({ state: "detached" });
  await page.getByText(TAGS).first().waitFor();
}

async function namesThatWouldRun(page, project) {
  await page.goto(`${STUDIO}/projects/${project}`);
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill(TAGS);
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok()),
    title.press("Enter"),
  ]);
  const { place } = await order(page, TAGS, SCRIPT.replaceAll("MARA", "<B>MARA</B>"), { width: 320, height: 180, review: true });
  for (const where of [`${STUDIO}/dashboard`, `${STUDIO}/projects/${project}`, place]) {
    await page.goto(where);
    if (where === place) await page.getByRole("heading", { name: TAGS }).waitFor();
    else if (where.endsWith("dashboard")) await page.getByText(TAGS).nth(2).waitFor(); // twice a project, once in work
    else await page.waitForFunction((name) => document.querySelector("input[aria-label=Title]")?.value === name, TAGS);
    claim(await page.evaluate(() => !("owned" in globalThis)), `a name was run: ${where}`);
    await fits(page, `names at ${where}`);
  }
  await look(page, "film-of-tags");
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Call it off" }).click();
  await page.getByText("Called off", { exact: true }).waitFor();
}

/** Two windows write on one script: the second is told, is asked before it loses what it wrote, and may take the other. */
async function twoWindows(context, page, project) {
  const other = await context.newPage();
  for (const one of [page, other]) {
    await one.goto(`${STUDIO}/projects/${project}`);
    await one.locator(".fountain-cue").first().waitFor();
  }
  await rewrite(page, SCRIPT.replace("Fog", "Rain"));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Version 2 is saved").waitFor();
  await rewrite(other, SCRIPT.replace("Fog", "Snow"));
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await told(other, "This script was changed in another window meanwhile. Nothing is lost:");

  const answers = ["dismiss", "accept"];
  other.on("dialog", (dialog) => dialog[answers.shift()]());
  await other.getByRole("button", { name: "Load the other" }).click();
  await other.waitForFunction(() => document.visibilityState === "visible");
  await other.getByText("Snow over the water.").waitFor();
  await other.getByRole("button", { name: "Load the other" }).click();
  await other.getByText("Rain over the water.").waitFor();
  claim(answers.length === 0, "nobody was asked whether what was written may go");
  await other.close();
}

async function whatIsNotPaid(page) {
  await page.goto(`${STUDIO}/credits`);
  const { credits } = await ask(page, "GET", "/credits");
  await page.getByRole("button", { name: /^Buy \d+ credits/ }).first().click();
  await page.getByLabel("Card").fill("4000000000000002");
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText("Your card was declined.").waitFor();
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByText("You came back before you paid. Nothing was taken.").waitFor();

  await page.getByRole("link", { name: "Go on with it" }).click();
  await page.getByRole("button", { name: "Debit my account" }).click();
  await page.getByText("The money never came, so nothing was credited. Nothing is owed.").waitFor();
  await look(page, "credits-failed");
  await fits(page, "credits-failed");
  claim((await ask(page, "GET", "/credits")).credits === credits, "credits came without money");
  claim((await page.getByRole("button", { name: /^Receipt/ }).count()) === 0, "there is a receipt for nothing");
}
