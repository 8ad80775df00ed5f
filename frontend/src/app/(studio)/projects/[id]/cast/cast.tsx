"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { castKeep, castSuggestions, type MemberShown, type SuggestionShown } from "@/client";
import { castIndexOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { useKept } from "@/parts/kept";
import { Trouble } from "@/parts/problem";
import { Row, Section } from "@/parts/section";
import { cast as said } from "@/words/cast";
import { MemberSheet } from "./member";
import { usePictures } from "./pictures";

interface CastProps {
  project: string;
  /** Number of the newest script; null before there is one. */
  script: number | null;
}

/** Who a project's people are, in each of its films; and who is in the script and not kept yet. */
export function Cast({ project, script }: CastProps) {
  const path = { project_id: project };
  const client = useQueryClient();
  const kept = useQuery(castIndexOptions({ path }));
  const [chosen, setChosen] = useKept<string | null>("member", () => null);
  const members = kept.data?.members ?? [];
  const member = members.find((one) => one.member_id === chosen);
  async function changed() {
    await client.invalidateQueries({ queryKey: castIndexOptions({ path }).queryKey });
    await client.invalidateQueries({ queryKey: ["quote"] });
  }
  return (
    <Section id="cast" title={said.title} text={said.text}>
      <Trouble error={kept.error} again={() => void kept.refetch()} />
      {kept.isSuccess && !members.length && <p className="text-soft">{said.empty}</p>}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-x-6 gap-y-5">
        {members.map((one) => (
          <Member key={one.member_id} project={project} of={one} onEdit={() => setChosen(one.member_id)} />
        ))}
      </ul>
      {script !== null && kept.isSuccess && <Suggestions project={project} script={script} version={kept.data.version} onKept={changed} />}
      {member && (
        <MemberSheet
          key={`${member.member_id} ${member.version}`}
          project={project}
          member={member}
          others={members.filter((one) => one.member_id !== member.member_id)}
          onChanged={changed}
          onClose={() => setChosen(null)}
        />
      )}
    </Section>
  );
}

function Member({ project, of, onEdit }: { project: string; of: MemberShown; onEdit: () => void }) {
  const pictures = usePictures(project);
  const url = of.pictures.map((id) => pictures.data?.get(id)).find(Boolean);
  return (
    <li className="flex gap-4">
      <span
        aria-hidden="true"
        className="display flex size-16 shrink-0 items-center justify-center overflow-hidden rounded-full bg-sunk text-3xl text-soft"
      >
        {url ? <img src={url} alt="" className="size-full object-cover" /> : of.name.slice(0, 1).toUpperCase()}
      </span>
      <div className="flex min-w-0 flex-col items-start">
        <p className="max-w-full font-medium break-words">{of.name}</p>
        {of.aliases.length > 0 && <p className="max-w-full text-sm break-words text-soft">{of.aliases.join(", ")}</p>}
        <p className="line-clamp-3 text-sm text-soft">{of.description || of.looks}</p>
        <Button look="quiet" className="text-sm" aria-label={said.editOf(of.name)} onPress={onEdit}>
          {said.edit}
        </Button>
      </div>
    </li>
  );
}

interface SuggestionsProps {
  project: string;
  script: number;
  version: number;
  onKept: () => Promise<unknown>;
}

function Suggestions({ project, script, version, onKept }: SuggestionsProps) {
  const path = { project_id: project };
  const found = useQuery({
    // Another script, or another cast, has other people in it.
    queryKey: ["suggested", project, script, version],
    queryFn: async ({ signal }) => (await castSuggestions({ path, signal, throwOnError: true })).data,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const keep = useMutation({
    mutationFn: (names: string[] | null) => castKeep({ path, body: { names }, throwOnError: true }),
    onSuccess: onKept,
  });
  if (!found.data?.length) return <Trouble error={found.error} again={() => void found.refetch()} />;
  return (
    <div className="flex flex-col gap-3 pt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h3 className="text-lg">{said.suggested}</h3>
        <Button isPending={keep.isPending} onPress={() => keep.mutate(null)}>
          {said.keepAll}
        </Button>
      </div>
      <Trouble error={keep.error} />
      <ul>
        {found.data.map((one) => (
          <Suggestion key={one.character} of={one} isPending={keep.isPending} onKeep={() => keep.mutate([one.name])} />
        ))}
      </ul>
    </div>
  );
}

function Suggestion({ of, isPending, onKeep }: { of: SuggestionShown; isPending: boolean; onKeep: () => void }) {
  return (
    <Row>
      <p className="min-w-0 flex-1 basis-60 break-words">
        {of.name} <span className="text-sm text-soft">{said.speeches(of.speeches)}</span>
        <span className="block text-sm text-soft">{of.description || of.looks}</span>
      </p>
      <Button look="quiet" className="text-sm" aria-label={said.keepOf(of.name)} isPending={isPending} onPress={onKeep}>
        {said.keepOne}
      </Button>
    </Row>
  );
}
