"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { projectsReadOptions, projectsScriptsOptions } from "@/client/@tanstack/react-query.gen";
import { House } from "@/parts/house";
import { useSegment } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { Cast } from "./cast/cast";
import { Films } from "./films";
import { Order } from "./order";
import { ScriptDesk } from "./script";
import { Title } from "./title";
import { Versions } from "./versions";
import { Who } from "./who";

/** A project: its script on one side, the film that would be made of it on the other. */
export function Project() {
  const id = useSegment(1);
  return <House>{id && <Desk id={id} />}</House>;
}

function Desk({ id }: { id: string }) {
  const path = { project_id: id };
  const project = useQuery(projectsReadOptions({ path }));
  const scripts = useQuery(projectsScriptsOptions({ path }));
  const client = useQueryClient();
  const [isChanged, setChanged] = useState(false);
  const reload = useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: projectsReadOptions({ path: { project_id: id } }).queryKey }),
        client.invalidateQueries({ queryKey: projectsScriptsOptions({ path: { project_id: id } }).queryKey }),
      ]),
    [client, id],
  );
  const error = project.error ?? scripts.error;
  if (error) return <Trouble error={error} again={() => void reload()} />;
  if (!project.data || !scripts.data) return null;
  const newest = scripts.data[0] ?? null;
  return (
    <div className="flex flex-col gap-8">
      <Title project={project.data} onChange={reload} />
      <div className="grid gap-x-14 gap-y-12 xl:grid-cols-[minmax(0,7fr)_minmax(22rem,4fr)]">
        <ScriptDesk project={project.data} newest={newest} onSaved={reload} onChanged={setChanged} />
        <div className="flex flex-col gap-14 xl:sticky xl:top-6 xl:self-start">
          <Order project={id} script={newest?.number ?? null} isChanged={isChanged} />
          <Films project={id} />
        </div>
      </div>
      <div className="grid gap-x-14 gap-y-14 pt-8 xl:grid-cols-[minmax(0,7fr)_minmax(22rem,4fr)]">
        <Cast project={id} script={newest?.number ?? null} />
        <Versions project={id} scripts={scripts.data} />
      </div>
      <Who project={id} />
    </div>
  );
}
