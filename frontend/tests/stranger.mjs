// A stranger's way, from the street to a film that plays: the whole lab, and nothing in its place.
import { begin, claim, drawn, fits, glance, letterTo, look, plays, rewrite, STUDIO, tell, truth, workUntil } from "./house.mjs";

const EMAIL = `stranger-${Date.now()}@example.org`;
const PASSWORD = "correct horse battery";
const SCRIPT = `Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.

MARA
He said he would be here.

INT. KITCHEN - NIGHT

OLD TOM sits at the table and holds a letter.

TOM
I never left.
`;

const { browser, context, page, complaints } = await begin();
try {
  await fromTheStreet();
  await throughTheDoor();
  await overTheDesk();
  await toTheScreen();
  await sessionThatRanOut();
  claim(complaints.length === 0, complaints.join("\n"));
  console.log("The stranger has seen a film.");
} catch (error) {
  console.error(`at ${page.url()}`, complaints.join("\n"));
  if (process.env.STUDIO_PICTURES) await page.screenshot({ path: `${process.env.STUDIO_PICTURES}/failed.png` });
  throw error;
} finally {
  await browser.close();
}

async function fromTheStreet() {
  await page.goto(STUDIO);
  await page.waitForFunction(() => document.querySelector("video").currentTime > 0.2);
  await look(page, "landing");
  await fits(page, "landing");
  await page.goto(`${STUDIO}/nowhere`);
  await look(page, "lost");
  await page.goto(STUDIO);
  await page.getByRole("link", { name: "Make a film" }).click();
}

async function throughTheDoor() {
  await page.getByRole("heading", { name: "Take a seat." }).waitFor();
  await look(page, "join");
  await fits(page, "join");
  await page.getByLabel("E-mail address").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make an account" }).first().click();
  await page.getByText(`a letter is on its way to ${EMAIL}`).waitFor();
  await look(page, "posted");

  await page.goto(await letterTo(EMAIL, "verify"));
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Confirm and enter" }).click();
  await page.locator("main").getByRole("alert").waitFor();
  await look(page, "verify");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm and enter" }).click();
  await page.waitForURL("**/dashboard");

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${STUDIO}/`);
  await page.goto(`${STUDIO}/dashboard`);
  await page.waitForURL("**/login?next=%2Fdashboard");
  await page.getByLabel("E-mail address").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
}

async function overTheDesk() {
  await page.getByText("No films yet.").waitFor();
  await look(page, "dashboard-empty");
  const file = { name: "the_pier.fountain", mimeType: "text/plain", buffer: Buffer.from(SCRIPT) };
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose a file" }).click(),
  ]);
  await chooser.setFiles(file);
  await page.waitForURL(/\/projects\/[0-9a-f-]{36}$/);
  await page.getByText("It costs: Nothing").waitFor();
  await page.getByText("Scenes", { exact: true }).waitFor();
  await look(page, "project");
  await fits(page, "project");

  // What is written on is saved as another version, and asked for anew.
  await rewrite(page, SCRIPT.replace("I never left.", "I never left. I waited."));
  await page.getByText("Not saved yet").first().waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Version 2 is saved").waitFor();
  await page.getByText("Wide 16:9, small").click();
  await page.getByText("Show me the shots before they are drawn").click();
  await page.getByRole("button", { name: "Make the film" }).click();
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
}

async function toTheScreen() {
  // The shots, in the script's words, before any is drawn; and second thoughts about calling it off.
  await page.getByText("Nothing is drawn until you say so.").waitFor();
  await page.getByRole("button", { name: /I never left/ }).first().waitFor();
  await look(page, "film-review");
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByRole("alertdialog", { name: "Call this film off?" }).waitFor();
  await look(page, "film-cancel");
  await page.getByRole("button", { name: "Let it go on" }).click();
  await drawn(page);
  await theProgress();

  await plays(page, 1);
  await page.waitForFunction(() => document.querySelector("video").videoWidth === 640);
  await page.waitForFunction(() => document.querySelector("video").textTracks[0]?.cues?.length === 2);
  // Shots are asked for anew when the film is there, which may take longer than to play it.
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll('section[aria-label="Shots"] img')];
    return pictures.length >= 2 && pictures.every((picture) => picture.complete && picture.naturalWidth);
  });
  await page.getByRole("link", { name: /Subtitles, SRT/ }).waitFor();
  await look(page, "film-done");
  await fits(page, "film");
  await page.getByRole("button", { name: "Share the film" }).click();
  await page.getByText(/works until/).waitFor();
  await anotherTake(page.locator("video[src]"));
  await page.getByRole("link", { name: "Make another of this script" }).click();
  await page.getByRole("link", { name: "Finished" }).waitFor();
}

/** How far it is, is seen, and never falls. */
async function theProgress() {
  const film = `/jobs/${page.url().split("/").at(-1)}`;
  const bar = page.getByRole("progressbar");
  const seen = [(await truth(page, film)).progress];
  for (let steps = 0; steps < 3; steps++) {
    const { progress } = await workUntil(page, film, (now) => now.progress > seen.at(-1));
    await page.waitForFunction((least) => document.querySelector("[role=progressbar]")?.ariaValueNow >= least, progress);
    seen.push(Number(await bar.getAttribute("aria-valuenow")));
  }
  await glance(page, "film-growing");
  tell("worker", "SIGCONT");
  const finished = page.getByText("Finished", { exact: true });
  for (let tries = 0; tries < 2400 && !(await finished.isVisible()); tries++) {
    const value = await bar.getAttribute("aria-valuenow", { timeout: 1000 }).catch(() => null);
    if (value !== null) seen.push(Number(value));
    await page.waitForTimeout(100);
  }
  await finished.waitFor();
  claim(seen.every((value, index) => index === 0 || value >= seen[index - 1]), `progress fell: ${seen}`);
}

/** One shot of a finished film is changed: what that draws is said first, and the version before is kept. */
async function anotherTake(video) {
  const before = await video.getAttribute("src");
  await page.getByRole("button", { name: /^Change shot/ }).last().click();
  const sheet = page.getByRole("dialog");
  await sheet.getByText("Very close", { exact: true }).click();
  await sheet.getByText(/1 shot is made anew, .* It costs: Nothing/).waitFor();
  await look(page, "film-change-done");
  await sheet.getByRole("button", { name: "Change it", exact: true }).click();
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Versions" }).waitFor();
  await page.getByRole("button", { name: "Show this one" }).waitFor();
  await page.getByText("Finished", { exact: true }).waitFor();
  await page.waitForFunction((old) => document.querySelector("video")?.getAttribute("src")?.split("?")[0] !== old?.split("?")[0], before);
  await look(page, "film-versions");
}

/** The access token is gone: what ten requests find out together, one exchange puts right. */
async function sessionThatRanOut() {
  const exchanges = [];
  page.on("request", (request) => request.url().endsWith("/auth/refresh") && exchanges.push(request.url()));
  await context.clearCookies({ name: "__Host-studio" });
  await page.goto(`${STUDIO}/dashboard`);
  await page.getByRole("link", { name: /The Pier/ }).first().waitFor();
  await look(page, "dashboard");
  await fits(page, "dashboard");
  claim(exchanges.length === 1, `exchanged ${exchanges.length} times`);
}
