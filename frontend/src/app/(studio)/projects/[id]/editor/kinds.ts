/** What a line of a screenplay is, as Fountain writes it. */
export type Kind =
  | "action"
  | "blank"
  | "boneyard"
  | "break"
  | "centered"
  | "cue"
  | "dialogue"
  | "heading"
  | "lyric"
  | "note"
  | "parenthetical"
  | "section"
  | "synopsis"
  | "title"
  | "transition";

const HEADING = /^(?:(?:INT|EXT|EST|INT\.?\/EXT|EXT\.?\/INT|I\/E|E\/I)[.\s]|\.(?!\.)\S)/i;
const TRANSITION = /^(?:[^\p{Ll}]*\bTO:|FADE (?:IN|OUT)[.:]?)$/u;
const CENTERED = /^>.*<$/;
const NOTE = /^\[\[.*\]\]$/;
const TITLE = /^(?:[A-Z][\w ]{0,30}:|\s{3,}\S|\t\S)/i;
/** What may follow a name on its line: `(V.O.)`, and `^` where two speak at once. */
const BESIDE = /\s*(?:\([^)]*\)\s*)*\^?$/;

/** Where in a script lines stand. */
export interface Around {
  /** Whether they begin the script. */
  isFirst: boolean;
  /** Whether what was cut, but kept, reaches into them. */
  isCut: boolean;
}

/** Say what each line is. The first of them begins the script, or follows an empty line. */
export function kindsOf(lines: readonly string[], around: Around): Kind[] {
  const kinds: Kind[] = [];
  let isCut = around.isCut;
  let isTitle = around.isFirst && TITLE.test(lines[0] ?? "") && !HEADING.test(lines[0] ?? "") && !TRANSITION.test(lines[0] ?? "");
  let isSpeech = false;
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").trim();
    const opens = line.lastIndexOf("/*");
    const closes = line.lastIndexOf("*/");
    if (isCut || opens >= 0) {
      kinds.push("boneyard");
      isCut = opens >= 0 || closes >= 0 ? opens > closes : isCut;
      continue;
    }
    if (!line) {
      isSpeech = false;
      isTitle = false;
      kinds.push("blank");
    } else if (isTitle) {
      kinds.push("title");
    } else if (isSpeech) {
      kinds.push(line.startsWith("~") ? "lyric" : /^\(.*\)?$/.test(line) ? "parenthetical" : "dialogue");
    } else {
      const follows = (lines[at - 1] ?? "").trim() === "";
      const leads = (lines[at + 1] ?? "").trim() !== "";
      const kind = kindOf(line, follows, leads);
      isSpeech = kind === "cue";
      kinds.push(kind);
    }
  }
  return kinds;
}

/** What a line outside of speech is, by itself and by whether it follows an empty one, and another follows it. */
function kindOf(line: string, follows: boolean, leads: boolean): Kind {
  if (/^={3,}$/.test(line)) return "break";
  if (line.startsWith("#")) return "section";
  if (line.startsWith("=")) return "synopsis";
  if (line.startsWith("~")) return "lyric";
  if (line.startsWith("!")) return "action";
  if (line.startsWith("@") && leads) return "cue";
  if (NOTE.test(line)) return "note";
  if (CENTERED.test(line)) return "centered";
  if (line.startsWith(">")) return "transition";
  if (!follows) return "action";
  if (HEADING.test(line)) return "heading";
  if (TRANSITION.test(line)) return "transition";
  return leads && isCue(line) ? "cue" : "action";
}

function isCue(line: string): boolean {
  const name = line.replace(BESIDE, "");
  return name.length <= 60 && /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name) && !/[.!?]$/.test(name);
}
