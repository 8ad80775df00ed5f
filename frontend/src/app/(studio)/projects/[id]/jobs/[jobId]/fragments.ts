import { createFile, MP4BoxBuffer } from "mp4box";

/** A file as a source buffer takes it: its kind, and its bytes with the index piece by piece. */
export interface Fragments {
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Turn a plain MP4 into one whose index comes piece by piece, as Media Source Extensions want it. Its frames stay as they
 * are.
 *
 * @param data The whole file, with one track of pictures.
 */
export function fragmented(data: ArrayBuffer): Fragments {
  const file = createFile();
  const parts: ArrayBuffer[] = [];
  let mimeType = "";
  let wrong: string | null = null;
  file.onError = (_, message) => {
    wrong = message;
  };
  file.onSegment = (_, __, segment) => parts.push(segment);
  file.onReady = ({ videoTracks: [track] }) => {
    if (!track) return;
    mimeType = `video/mp4; codecs="${track.codec}"`;
    file.setSegmentOptions(track.id, null, { nbSamples: track.nb_samples });
    parts.push(file.initializeSegmentation().buffer);
    file.start();
  };
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(data, 0), true);
  file.flush();
  if (wrong !== null || parts.length < 2) throw new Error(`not a film: ${wrong ?? "no pictures"}`);
  return { mimeType, bytes: joined(parts) };
}

function joined(parts: readonly ArrayBuffer[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return all;
}
