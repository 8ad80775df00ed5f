import { expect, test } from "vitest";
import { type Kind, kindsOf } from "@/app/(studio)/projects/[id]/editor/kinds";

const SCRIPT = `Title: The Pier
Author: Jane Doe

# Act one

= Mara waits.

EXT. HARBOUR - DUSK

Fog over the water. INT. is no heading here.
THE BELL rings.

MARA (O.S.) ^
(quietly)
He said he would
be here.

@McCoy
I am.

.THE SEA, LATER

BANG!

> THE END <

CUT TO:

[[a note]]

/* What was cut.

OLD TOM
No more. */

A LIGHT`;

test("says what each line of a screenplay is", () => {
  const lines = SCRIPT.split("\n");
  const kinds = kindsOf(lines, { isFirst: true, isCut: false });
  const said = Object.fromEntries(lines.map((line, index) => [line, kinds[index]])) as Record<string, Kind>;
  expect(kinds.slice(0, 3)).toEqual(["title", "title", "blank"]);
  expect(said).toMatchObject({
    "# Act one": "section",
    "= Mara waits.": "synopsis",
    "EXT. HARBOUR - DUSK": "heading",
    "Fog over the water. INT. is no heading here.": "action",
    "THE BELL rings.": "action",
    "MARA (O.S.) ^": "cue",
    "(quietly)": "parenthetical",
    "He said he would": "dialogue",
    "be here.": "dialogue",
    "@McCoy": "cue",
    "I am.": "dialogue",
    ".THE SEA, LATER": "heading",
    "BANG!": "action",
    "> THE END <": "centered",
    "CUT TO:": "transition",
    "[[a note]]": "note",
    "/* What was cut.": "boneyard",
    "OLD TOM": "boneyard",
    "No more. */": "boneyard",
    "A LIGHT": "action",
  });
});

test("goes on with what was cut above", () => {
  expect(kindsOf(["OLD TOM", "No more. */", "", "EXT. SEA - DAY"], { isFirst: false, isCut: true })).toEqual([
    "boneyard",
    "boneyard",
    "blank",
    "heading",
  ]);
});

test("takes no heading at the beginning for a title page", () => {
  expect(kindsOf(["INT. KITCHEN - NIGHT"], { isFirst: true, isCut: false })).toEqual(["heading"]);
  expect(kindsOf(["FADE IN:", "", "INT. KITCHEN"], { isFirst: true, isCut: false })).toEqual(["transition", "blank", "heading"]);
});
