// What all walks through the pages share: a browser that reaches nothing but this machine, and eyes for what goes wrong.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const STUDIO = needed("STUDIO_URL");
const LETTERS = needed("STUDIO_LETTERS");
/** Where pictures of the pages are put; nowhere where it is not set. */
const PICTURES = process.env.STUDIO_PICTURES ?? "";
const WIDTHS = [390, 1440];
/** How long anything may take that comes for sure: others may work on this machine, too. In milliseconds. */
const PATIENCE_MS = 240_000;

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** Begin a walk: a browser, a page, and all that the page complained of. */
export async function begin() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => {
    // From page to page the browser fades, or does without where there is no time for it, and tells itself so.
    if (!/Transition was (aborted|skipped)/.test(String(error))) complaints.push(`error: ${error}`);
  });
  page.on("console", (message) => {
    const isOurs = message.type() === "error" && !/Failed to load resource/.test(message.text());
    if (isOurs) complaints.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") complaints.push(`asked another host: ${request.url()}`);
  });
  return { browser, context, page, complaints };
}

/** A page of somebody else, or of another device: with cookies of its own. */
export async function anotherPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

/** Go a way through the pages, and tell where it came to an end, should it come to a bad one. */
export async function walk(way, done) {
  const walker = await begin();
  const { browser, context, complaints } = walker;
  try {
    await way(walker);
    claim(complaints.length === 0, complaints.join("\n"));
    console.log(done);
  } catch (error) {
    for (const one of context.pages()) console.error(`at ${one.url()}`);
    console.error(complaints.join("\n"));
    if (PICTURES) await context.pages()[0].screenshot({ path: join(PICTURES, "failed.png") });
    throw error;
  } finally {
    await browser.close();
  }
}

/** Look at a page as it is now: no violation, dark or light; and pictures of it, where they are asked for. */
export async function look(page, name) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForFunction(isAtRest); // half faded in, nothing has the colours that it will have
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    if (violations.length) {
      const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.failureSummary + node.html).join("; ")}`);
      throw new Error(`${name}, ${colorScheme}: ${told.join("\n")}`);
    }
    if (PICTURES) await picture(page, `${name}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "no-preference" });
}

/** In the page: whether nothing moves but what moves for ever. */
function isAtRest() {
  return document.getAnimations().every((one) => {
    return one.playState !== "running" || one.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
  });
}

/** A picture of what will soon look otherwise. */
export async function glance(page, name) {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}-dark-1440.png`) });
}

async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** No page is wider than what it is seen through, from a small telephone to a large screen. */
export async function fits(page, name) {
  for (const width of [360, 768, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    const { wide, widest } = await page.evaluate(() => {
      const over = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > innerWidth);
      const widest = over.slice(-3).map((one) => one.outerHTML.slice(0, 200));
      return { wide: document.documentElement.scrollWidth, widest };
    });
    if (wide > width) throw new Error(`${name} is ${wide} px wide where there are ${width}: ${widest.join("\n")}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** The link in the letter to somebody, as it lies in the lab's mailbox. */
export async function letterTo(address, kind) {
  const pattern = new RegExp(`https?://\\S+/login/${kind}#[A-Za-z0-9_-]+`);
  for (let tries = 0; tries < PATIENCE_MS / 100; tries++) {
    for (const name of files(LETTERS)) {
      const letter = readFileSync(join(LETTERS, name), "utf8");
      const link = letter.includes(address) && pattern.exec(letter)?.[0];
      if (link) return link;
    }
    await pause(100);
  }
  throw new Error(`no letter to ${address}`);
}

function files(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nobody has had a letter yet
  }
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

export function claim(isSo, what) {
  if (!isSo) throw new Error(what);
}

/** Somebody with an account, signed in by the API's own door: the pages' door is walked through by a stranger. */
export async function signIn(page, email, password) {
  await page.goto(`${STUDIO}/login`);
  await ask(page, "POST", "/auth/register", { email, password });
  const token = (await letterTo(email, "verify")).split("#")[1];
  await ask(page, "POST", "/auth/verify", { token, password });
}

/**
 * Somebody who runs the studio, on a device of their own.
 *
 * @param before What they do while they are still nobody in particular.
 */
export async function administrator(browser, email, before = async () => {}) {
  const page = await anotherPage(browser);
  await signIn(page, email, "correct horse battery");
  await before(page);
  execFileSync(process.env.STUDIO_PYTHON, ["-m", "cli.main", "user", "admin", email], { stdio: "pipe" });
  // It holds everywhere within five seconds.
  for (let tries = 0; (await ask(page, "GET", "/auth/me")).role !== "admin"; tries++) {
    claim(tries < 300, `${email} is no administrator`);
    await page.waitForTimeout(100);
  }
  return page;
}

/** Ask the API from a page, as whoever is signed in there. */
export async function ask(page, method, path, body, headers = {}) {
  const answer = await page.evaluate(
    async ({ method, path, body, headers }) => {
      const isText = typeof body === "string";
      const sent = await fetch(`/api/v1${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": isText ? "text/plain" : "application/json" }), ...headers },
        body: body === undefined || isText ? body : JSON.stringify(body),
      });
      const text = await sent.text();
      return { status: sent.status, body: text && sent.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text };
    },
    { method, path, body, headers },
  );
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Write over all that stands in the page's script. */
export async function rewrite(page, text) {
  const paper = page.getByRole("textbox", { name: "Script" });
  await paper.click();
  await page.keyboard.press("ControlOrMeta+a");
  await paper.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** A service of the lab, as its supervisor knows it: `pid`, `state`, `restarts`. */
export function service(name) {
  return lab().services[name];
}

function lab() {
  return JSON.parse(readFileSync(join(needed("STUDIO_HOME"), "lab.json"), "utf8"));
}

/** Send a signal to a service of the lab, or to its supervisor. A worker that stands still hands over nothing that is
    drawn or encoded; a supervisor that does starts nothing again. */
export function tell(name, signal) {
  process.kill((name === "supervisor" ? lab() : service(name)).pid, signal);
}

/** What the API says to whoever is signed in on a page: asked past the browser, which may be slow, or cut off. */
export async function truth(page, path) {
  const cookies = await page.context().cookies();
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const answer = await fetch(`${STUDIO}/api/v1${path}`, { headers });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** What the API says, as soon as it is as it should be. */
export async function until(page, path, isSo) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
    const said = await truth(page, path);
    if (isSo(said)) return said;
    claim(!["failed", "cancelled"].includes(said.status), `${path} is ${said.status}`);
  }
  throw new Error(`${path} does not come so far`);
}

/** Let the worker work until the API says what it should; then it stands still. A quick machine would else have made
    the film before a slow browser has seen anything of it. */
export async function workUntil(page, path, isSo) {
  tell("worker", "SIGCONT");
  try {
    return await until(page, path, isSo);
  } finally {
    tell("worker", "SIGSTOP");
  }
}

/** Whether something is so within some seconds. */
export async function soon(isSo) {
  for (const end = Date.now() + 5_000; ; await pause(100)) {
    if (await isSo()) return true;
    if (Date.now() > end) return false;
  }
}

/** On the page of a film that waits for its review: say that it may be drawn. The worker stands still, and begins with
    the next `workUntil`. */
export async function drawn(page) {
  await page.getByText("Nothing is drawn until you say so.").waitFor();
  tell("worker", "SIGSTOP");
  await page.getByRole("button", { name: "Draw it" }).click();
}

/** Hand in a script and order a film of it, as whoever is signed in there. */
export async function order(page, title, script, wanted = {}) {
  const { project_id } = await ask(page, "POST", "/projects", { title });
  await ask(page, "PUT", `/projects/${project_id}/script?name=script.fountain`, script);
  const { job_id } = await ask(page, "POST", "/jobs", { project_id, ...wanted }, { "idempotency-key": crypto.randomUUID() });
  return { project: project_id, job: job_id, place: `${STUDIO}/projects/${project_id}/jobs/${job_id}` };
}

const PLACES = ["HARBOUR", "PIER", "KITCHEN", "ATTIC", "GARDEN", "STATION"];

/** A script of as many scenes, with a line of dialogue in each: long enough to be in work for a while. */
export function longScript(scenes) {
  const scene = (number) => {
    const [out, time] = number % 2 ? ["INT", "NIGHT"] : ["EXT", "DAY"];
    return `${out}. ${PLACES[number % PLACES.length]} ${number + 1} - ${time}

MARA, 30, in a red coat, walks along the wall and looks at the door. She waits. Nobody comes.

MARA
That was the day on which I counted to ${number + 1}, and nobody came.
`;
  };
  return Array.from({ length: scenes }, (_, number) => scene(number)).join("\n");
}

/** The film on a page really plays: its frames are decoded and shown. */
export async function plays(page, seconds = 0.5) {
  const video = page.locator("video[src]");
  await video.waitFor();
  await video.evaluate(async (element) => {
    element.muted = true;
    await element.play();
  });
  await page.waitForFunction((least) => {
    const film = document.querySelector("video");
    return film.currentTime > least && film.getVideoPlaybackQuality().totalVideoFrames > 5;
  }, seconds);
  await video.evaluate((element) => element.pause());
}
