"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Text } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { fountain } from "./fountain";

export interface EditorProps {
  text: string;
  /** What had been made of it before the page was loaded anew: it can be undone. Null where nothing had. */
  written: string | null;
  label: string;
  hint: string;
  isReadOnly: boolean;
  /** Whether it is set as a screenplay. */
  isScreenplay: boolean;
  /** Told what stands there first, and after each change. */
  onDoc: (doc: Text, isFirst: boolean) => void;
}

const THEME = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "2px solid var(--lamp)", outlineOffset: "-2px", borderRadius: "0.75rem" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.42", overflow: "auto" },
  ".cm-content": { padding: "2.5rem max(1.25rem, 8%)", caretColor: "var(--lamp)" },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--soft)" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panel.cm-search": { fontFamily: "inherit", fontSize: "0.9rem", padding: "0.6rem" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)" },
  ".cm-textfield, .cm-button": {
    backgroundColor: "var(--raised)",
    backgroundImage: "none",
    color: "var(--ink)",
    border: "1px solid var(--edge)",
    borderRadius: "0.35rem",
  },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--lamp) 30%, transparent)" },
});

/** A page to write a script on, which knows Fountain. The keyboard leaves it by Tab, as any other field. */
export default function Editor({ text, written, label, hint, isReadOnly, isScreenplay, onDoc }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const told = useRef(onDoc);
  told.current = onDoc;
  useEffect(() => {
    if (!place.current) return;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          search({ top: true }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
          EditorView.lineWrapping,
          placeholder(hint),
          EditorState.readOnly.of(isReadOnly),
          // What can be edited can be come to, and a long script scrolls: not every aid knows that without being told.
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
          // A file that is dropped here takes the script's place, and is not written into it.
          EditorView.domEventHandlers({ drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0 }),
          EditorView.updateListener.of((update) => update.docChanged && told.current(update.state.doc, false)),
          isScreenplay ? fountain : [],
          THEME,
        ],
      }),
    });
    told.current(view.state.doc, true);
    if (written !== null) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: written } });
    return () => view.destroy();
    // It is made once: what is written in it is its own.
  }, []);
  return <div ref={place} className="script h-full" />;
}
