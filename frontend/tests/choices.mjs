// A film that is ordered with a look chosen by example and music of one's own: files that are none are refused in words,
// and the film is heard. The whole lab, and nothing in its place.
import { ask, claim, fits, look, plays, signIn, STUDIO, walk } from "./house.mjs";

const SCRIPT = `Title: The Pier

EXT. HARBOUR - DUSK

Fog over the water. MARA, 30, in a red coat, walks along the pier.
`;
const RATE = 8_000;

await walk(async ({ page }) => {
  await signIn(page, `choices-${Date.now()}@example.org`, "correct horse battery");
  const { project_id: project } = await ask(page, "POST", "/projects", { title: "The Pier" });
  await ask(page, "PUT", `/projects/${project}/script?name=pier.fountain`, SCRIPT);
  await page.goto(`${STUDIO}/projects/${project}`);
  await aLook(page);
  await noMusic(page);
  await aPiece(page, project);
  await look(page, "project-music");
  await fits(page, "project-music");
  await made(page);
  await removed(page, project);
}, "The film was made as it was chosen.");

/** Looks are pictures, and are gone through by the keyboard. */
async function aLook(page) {
  const looks = page.getByRole("radiogroup", { name: "Look" });
  await looks.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...document.querySelectorAll('img[src^="/looks/"]')].filter((one) => one.naturalWidth > 0).length > 3);
  await looks.getByRole("radio", { name: "Cinematic" }).focus();
  await page.keyboard.press("ArrowRight");
  claim(await looks.getByRole("radio", { name: "Noir" }).isChecked(), "the keyboard chooses no look");
}

async function give(page, name, buffer) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Add music" }).click()]);
  await chooser.setFiles({ name, mimeType: "audio/wav", buffer });
}

async function noMusic(page) {
  await give(page, "letter.txt", Buffer.from("Dear Mara"));
  await page.getByText("That is no music: WAV, MP3,").waitFor();
  await give(page, "letter.wav", Buffer.from("Dear Mara, this is no sound at all, whatever it is called."));
  await page.getByRole("main").getByRole("alert").filter({ hasText: "letter" }).waitFor();
  claim((await page.getByRole("radiogroup", { name: "Music" }).count()) === 0, "what is no music is offered");
}

async function aPiece(page, project) {
  await give(page, "Slow theme.wav", tone(2));
  const pieces = page.getByRole("radiogroup", { name: "Music" });
  await pieces.getByRole("radio", { name: "Slow theme, 0:02" }).waitFor();
  claim(await pieces.getByRole("radio", { name: "Slow theme, 0:02" }).isChecked(), "what was added is not chosen");
  await page.getByRole("radiogroup", { name: "How loud" }).getByText("Softer").click();
  const { items } = await ask(page, "GET", `/projects/${project}/references?kind=music`);
  claim(items.filter((one) => one.state === "ready").length === 1, "more was kept than was music");
}

async function made(page) {
  await page.getByRole("radiogroup", { name: "Frame" }).getByText("Wide 16:9, small").click();
  await page.getByRole("button", { name: "Make the film" }).click();
  await page.waitForURL(/\/jobs\//);
  await page.getByText("Finished", { exact: true }).waitFor();
  await plays(page);
  const heard = await page.locator("video[src]").evaluate((film) => film.webkitAudioDecodedByteCount);
  claim(heard > 0, "nothing is heard in the film");
}

/** It can be taken away, and the film that was made with it keeps it. */
async function removed(page, project) {
  await page.goto(`${STUDIO}/projects/${project}`);
  await page.getByRole("radiogroup", { name: "Music" }).getByText("Slow theme, 0:02").click();
  await page.getByRole("button", { name: "Remove this music" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove this music" }).click();
  await page.getByRole("radiogroup", { name: "Music" }).waitFor({ state: "detached" });
  claim((await ask(page, "GET", `/projects/${project}/references?kind=music`)).items.every((one) => one.state !== "ready"), "it is still there");
}

/** A tone of as many seconds, as a WAV of 16 bits. */
function tone(seconds) {
  const samples = Buffer.alloc(2 * RATE * seconds);
  for (let at = 0; at < RATE * seconds; at++) samples.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * 220 * at) / RATE)), 2 * at);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(2 * RATE, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
