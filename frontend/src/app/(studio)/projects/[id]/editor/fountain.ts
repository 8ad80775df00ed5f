import { type Extension, RangeSetBuilder, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type Kind, kindsOf } from "./kinds";

/** Lines that are looked back over for an empty one, where a paragraph begins. */
const BACK = 200;
/** Characters that are looked back over for what was cut. */
const CUT = 20_000;

const marks = new Map<Kind, Decoration>();

function markOf(kind: Kind): Decoration {
  const known = marks.get(kind) ?? Decoration.line({ class: `fountain-${kind}` });
  marks.set(kind, known);
  return known;
}

/** Sets a script as it is printed: only what is seen is read, however long it is. */
export const fountain: Extension = [
  ViewPlugin.fromClass(
    class {
      marked: DecorationSet;
      constructor(view: EditorView) {
        this.marked = marksOf(view);
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.marked = marksOf(update.view);
      }
    },
    { decorations: (plugin) => plugin.marked },
  ),
  EditorView.theme({
    ".cm-line.fountain-heading": { fontWeight: "700" },
    ".cm-line.fountain-cue": { paddingLeft: "38%" },
    ".cm-line.fountain-dialogue": { paddingLeft: "22%", paddingRight: "16%" },
    ".cm-line.fountain-parenthetical": { paddingLeft: "30%", paddingRight: "16%", color: "var(--soft)" },
    ".cm-line.fountain-lyric": { paddingLeft: "22%", fontStyle: "italic" },
    ".cm-line.fountain-transition": { textAlign: "right" },
    ".cm-line.fountain-centered": { textAlign: "center" },
    ".cm-line.fountain-section": { color: "var(--lamp)", fontWeight: "700" },
    ".cm-line.fountain-synopsis, .cm-line.fountain-note, .cm-line.fountain-title, .cm-line.fountain-break": { color: "var(--soft)" },
    ".cm-line.fountain-synopsis": { fontStyle: "italic" },
    ".cm-line.fountain-boneyard": { color: "var(--soft)", textDecoration: "line-through" },
  }),
];

function marksOf(view: EditorView): DecorationSet {
  const { doc } = view.state;
  const made = new RangeSetBuilder<Decoration>();
  let done = 0;
  for (const seen of view.visibleRanges) {
    const first = Math.max(beginningOf(doc, doc.lineAt(seen.from).number), done + 1);
    // One line further: whether a name is a cue, the next line says.
    const last = Math.min(doc.lines, doc.lineAt(seen.to).number + 1);
    const lines: string[] = [];
    for (let number = first; number <= last; number++) lines.push(doc.line(number).text);
    const kinds = kindsOf(lines, { isFirst: first === 1, isCut: isCutAt(doc, first) });
    kinds.forEach((kind, index) => {
      const from = doc.line(first + index).from;
      if (kind !== "action" && kind !== "blank") made.add(from, from, markOf(kind));
    });
    done = last;
  }
  return made.finish();
}

function beginningOf(doc: Text, line: number): number {
  for (let number = line; number > 1 && line - number < BACK; number--) {
    if (!doc.line(number - 1).text.trim()) return number;
  }
  return Math.max(1, line - BACK);
}

function isCutAt(doc: Text, line: number): boolean {
  const { from } = doc.line(line);
  const before = doc.sliceString(Math.max(0, from - CUT), from);
  return before.lastIndexOf("/*") > before.lastIndexOf("*/");
}
