"use client";

import { useMutation } from "@tanstack/react-query";
import { Input, TextField } from "react-aria-components";
import { type ProjectShown, projectsChange } from "@/client";
import { useKept } from "@/parts/kept";
import { Trouble } from "@/parts/problem";
import { checkTitle } from "@/parts/scripts";
import { words } from "@/words";

/** A project's title: it is changed where it stands. One that is refused stays there, to be put right. */
export function Title({ project, onChange }: { project: ProjectShown; onChange: () => Promise<unknown> }) {
  const [title, setTitle] = useKept("title", () => project.title);
  const rename = useMutation({
    mutationFn: async (asked: string) => {
      checkTitle(asked);
      await projectsChange({ path: { project_id: project.project_id }, body: { title: asked }, throwOnError: true });
    },
    onSuccess: onChange,
  });

  function keep() {
    const asked = title.trim();
    if (!asked) setTitle(project.title);
    if (asked && asked !== project.title) rename.mutate(asked);
    else rename.reset();
  }

  return (
    <div>
      <h1 className="sr-only">{project.title}</h1>
      <TextField aria-label={words.project.rename} value={title} onChange={setTitle} onBlur={keep} isInvalid={rename.isError}>
        <Input
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          className="display -mx-2 w-full rounded-md border border-transparent bg-transparent px-2 py-1 text-5xl text-ellipsis hover:border-line sm:text-6xl"
        />
      </TextField>
      <Trouble error={rename.error} />
    </div>
  );
}
