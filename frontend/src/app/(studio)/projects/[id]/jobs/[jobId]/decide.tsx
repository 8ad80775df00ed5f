"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { JobShown, ShotShown } from "@/client";
import {
  creditsBalanceQueryKey,
  jobsApproveMutation,
  jobsReadOptions,
  jobsRetryMutation,
  jobsSkipMutation,
} from "@/client/@tanstack/react-query.gen";
import { jobsCancel } from "@/client";
import { Button } from "@/parts/controls";
import { Confirm } from "@/parts/dialogs";
import { newKey } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { isHeld } from "@/parts/standing";
import { words } from "@/words";
import { film } from "@/words/film";
import { anotherTake } from "./edit";
import { ENDED } from "./events";
import { setAside, useLastEntry } from "./refund";

const said = words.job;

interface DecideProps {
  job: JobShown;
  shots: readonly ShotShown[];
  onDecided: () => void;
  /** Opens what changes a shot. */
  onChange: (shot: string) => void;
}

/** What whoever ordered a film can say while it is made: go on, this shot again, or call it off. */
export function Decide({ job, shots, onDecided, onChange }: DecideProps) {
  const client = useQueryClient();
  const path = { job_id: job.job_id };
  const reload = () => {
    void client.invalidateQueries({ queryKey: jobsReadOptions({ path }).queryKey });
    void client.invalidateQueries({ queryKey: creditsBalanceQueryKey() });
    onDecided();
  };
  const approve = useMutation({ ...jobsApproveMutation(), onSuccess: reload });
  if (ENDED.has(job.status)) return null;
  const parked = shots.filter((shot) => shot.state === "parked");
  return (
    <section className="flex flex-col gap-5">
      {parked.map((shot) => (
        <Parked key={shot.number} job={job} shot={shot} onDecided={reload} onChange={onChange} />
      ))}
      <Trouble error={approve.error} />
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        {job.status === "awaiting_review" && !isHeld(job) && (
          <Button
            look="lamp"
            isPending={approve.isPending || approve.isSuccess}
            onPress={() => approve.mutate({ path, headers: { "Idempotency-Key": newKey() } })}
          >
            {said.approve}
          </Button>
        )}
        <Cancel job={job} onDecided={reload} />
      </div>
    </section>
  );
}

interface ParkedProps {
  job: JobShown;
  shot: ShotShown;
  onDecided: () => void;
  onChange: (shot: string) => void;
}

function Parked({ job, shot, onDecided, onChange }: ParkedProps) {
  const path = { job_id: job.job_id, shot: shot.number };
  const retry = useMutation({ ...jobsRetryMutation(), onSuccess: onDecided });
  const skip = useMutation({ ...jobsSkipMutation(), onSuccess: onDecided });
  const headers = () => ({ "Idempotency-Key": newKey() });
  const isBusy = retry.isPending || skip.isPending;
  return (
    <div className="flex flex-col gap-3 border-l-2 border-lamp py-1 pl-4">
      <p>
        <strong className="font-semibold">{said.shot(shot.number)}.</strong> {film.parked[shot.code ?? ""] ?? film.parkedElse}
      </p>
      <p className="script text-soft">{shot.words}</p>
      {shot.message && <p className="text-sm [overflow-wrap:anywhere] text-soft">{film.parkedTold(shot.message)}</p>}
      <Trouble error={retry.error ?? skip.error} />
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <Button isPending={isBusy} onPress={() => retry.mutate({ path, headers: headers(), body: {} })}>
          {said.retryShot}
        </Button>
        <Button
          look="quiet"
          isPending={isBusy}
          onPress={() => retry.mutate({ path, headers: headers(), body: { seed: anotherTake() } })}
        >
          {film.otherTake}
        </Button>
        <Button look="quiet" aria-label={film.changeOf(shot.number)} onPress={() => onChange(shot.number)}>
          {film.change}
        </Button>
        <Button look="quiet" isPending={isBusy} onPress={() => skip.mutate({ path, headers: headers() })}>
          {said.skipShot}
        </Button>
      </div>
    </div>
  );
}

function Cancel({ job, onDecided }: { job: JobShown; onDecided: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const entry = useLastEntry(job, isOpen);
  return (
    <Confirm
      trigger={isDone ? said.cancelling : said.cancel}
      isDisabled={isDone}
      title={said.cancelTitle}
      act={said.cancel}
      keep={said.keep}
      onOpen={() => setOpen(true)}
      onAct={async () => {
        await jobsCancel({ path: { job_id: job.job_id }, throwOnError: true });
        setDone(true);
        onDecided();
      }}
    >
      <Trouble error={entry.error} again={() => void entry.refetch()} />
      <p className="text-soft">
        {entry.isFetching ? film.refundAsking : entry.isSuccess && film.refund(setAside(entry.data))} {film.kept}
      </p>
    </Confirm>
  );
}
