import { fragmented } from "./fragments";
import type { Piece, SoFar } from "./sofar";

/** How much of the film is held ready in front of what is seen, and behind it, in seconds. */
const AHEAD_S = 40;
const BEHIND_S = 30;
/** When a piece that could not be had is asked for again, in milliseconds. */
const AGAIN_MS = 5_000;
const MOVES = ["timeupdate", "seeking", "waiting", "play"] as const;

type Fetch = (piece: Piece, signal: AbortSignal) => Promise<ArrayBuffer>;

/** The film is encoded in a way that this browser does not know. */
export class Unknown extends Error {}

/**
 * A film that grows while it is watched: the source of a video element. Of its pieces, those near what is seen are
 * fetched and held, and no others, however long it is.
 */
export class Growing {
  private readonly source = new MediaSource();
  private readonly address = URL.createObjectURL(this.source);
  private readonly leaving = new AbortController();
  private readonly held = new Map<number, Piece>();
  private buffer: SourceBuffer | null = null;
  private film: SoFar | null = null;
  private isBusy = false;
  /** Whether nothing is asked for just now, since the last answer was none. */
  private isResting = false;
  private again = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly fetch: Fetch,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    this.source.addEventListener("sourceopen", this.fill, { once: true });
    for (const move of MOVES) video.addEventListener(move, this.fill);
    video.src = this.address;
  }

  /** Take what there is by now. */
  grow(film: SoFar) {
    this.film = film;
    void this.fill();
  }

  /** Let go of the video and of all that is held. */
  close() {
    this.leaving.abort();
    window.clearTimeout(this.again);
    for (const move of MOVES) this.video.removeEventListener(move, this.fill);
    this.video.removeAttribute("src");
    this.video.load();
    URL.revokeObjectURL(this.address);
  }

  private readonly fill = async () => {
    if (this.isBusy || this.isResting || this.leaving.signal.aborted || this.source.readyState === "closed") return;
    this.isBusy = true;
    try {
      for (let piece = this.wanted(); piece; piece = this.wanted()) await this.take(piece);
      this.measure();
    } catch (error) {
      if (this.leaving.signal.aborted) return;
      this.onTrouble(error);
      this.isResting = true;
      if (!(error instanceof Unknown)) this.again = window.setTimeout(this.wake, AGAIN_MS);
    } finally {
      this.isBusy = false;
    }
  };

  private readonly wake = () => {
    this.isResting = false;
    void this.fill();
  };

  /** The next piece that is needed: where the film is seen, and for a while from there on. */
  private wanted(): Piece | undefined {
    const now = this.video.currentTime;
    return this.film?.pieces.find(
      (piece) => !this.held.has(piece.number) && piece.starts_s + piece.seconds > now && piece.starts_s < now + AHEAD_S,
    );
  }

  private async take(piece: Piece) {
    const { mimeType, bytes } = fragmented(await this.fetch(piece, this.leaving.signal));
    if (this.leaving.signal.aborted) return;
    if (!MediaSource.isTypeSupported(mimeType)) throw new Unknown(mimeType);
    this.buffer ??= this.source.addSourceBuffer(mimeType);
    await this.forget(this.buffer);
    await this.done(this.buffer, (buffer) => {
      buffer.timestampOffset = piece.starts_s;
      buffer.appendBuffer(bytes);
    });
    this.held.set(piece.number, piece);
  }

  /** Let go of what lies far from what is seen. */
  private async forget(buffer: SourceBuffer) {
    const now = this.video.currentTime;
    for (const piece of [...this.held.values()]) {
      const ends = piece.starts_s + piece.seconds;
      if (ends > now - BEHIND_S && piece.starts_s < now + AHEAD_S + BEHIND_S) continue;
      this.held.delete(piece.number);
      await this.done(buffer, () => buffer.remove(piece.starts_s, ends));
    }
  }

  /** Do something with a buffer, and wait until it is done. */
  private done(buffer: SourceBuffer, act: (buffer: SourceBuffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = new AbortController();
      const { signal } = ended;
      const settle = (how: () => void) => () => {
        ended.abort();
        how();
      };
      buffer.addEventListener("updateend", settle(resolve), { signal });
      buffer.addEventListener("error", settle(() => reject(new Error("cannot be decoded"))), { signal });
      act(buffer);
    });
  }

  /** Say how long the film is by now; and when nothing more will come, so that nobody waits for it at the end. */
  private measure() {
    const { buffer, film, source } = this;
    if (!buffer || !film || source.readyState !== "open") return;
    const { buffered } = buffer;
    source.duration = Math.max(film.seconds, buffered.length ? buffered.end(buffered.length - 1) : 0);
    const last = film.pieces.at(-1);
    if (!film.isGrowing && last && this.held.has(last.number)) source.endOfStream();
  }
}
