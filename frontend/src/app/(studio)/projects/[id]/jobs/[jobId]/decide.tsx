"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type JobShown, jobsApprove, jobsCancel, jobsRead, jobsRetry, jobsSkip, type RetryShot, type ShotShown } from "@/client";
import { creditsBalanceQueryKey, jobsReadOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { Confirm } from "@/parts/dialogs";
import { newKey } from "@/parts/place";
import { isProblem, Trouble } from "@/parts/problem";
import { isHeld } from "@/parts/standing";
import { words } from "@/words";
import { film } from "@/words/film";
import { anotherTake } from "./edit";
import { ENDED } from "./events";
import { setAside, useLastEntry } from "./refund";

const said = words.job;

/** What the API answers to a decision that nothing waits for. */
const NOT_WAITING = "/problems/NotWaiting";

/** What somebody decided that was decided already, in another window. */
class Late extends Error {}

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
  // It stands there although what was to be decided is gone.
  const [isLate, setLate] = useState(false);
  const reload = () => {
    void client.invalidateQueries({ queryKey: jobsReadOptions({ path }).queryKey });
    void client.invalidateQueries({ queryKey: creditsBalanceQueryKey() });
    onDecided();
  };
  const answered = (error: unknown) => {
    setLate(error instanceof Late);
    if (!error || error instanceof Late) reload();
  };
  const approve = useMutation({ mutationFn: () => approveOnce(job), onSettled: (_, error) => answered(error) });
  const notice = isLate && (
    <p role="alert" className="border-l-2 border-lamp py-1 pl-4">
      {film.decidedElsewhere}
    </p>
  );
  if (ENDED.has(job.status)) return notice || null;
  const parked = shots.filter((shot) => shot.state === "parked");
  return (
    <section className="flex flex-col gap-5">
      {notice}
      {parked.map((shot) => (
        <Parked key={shot.number} job={job} shot={shot} onAnswered={answered} onChange={onChange} />
      ))}
      {!isLate && <Trouble error={approve.error} />}
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        {job.status === "awaiting_review" && !isHeld(job) && (
          <Button
            look="lamp"
            isPending={approve.isPending || approve.isSuccess}
            onPress={() => approve.mutate()}
          >
            {said.approve}
          </Button>
        )}
        <Cancel job={job} onAnswered={answered} />
      </div>
    </section>
  );
}

/** Let a film go on, unless it has gone on since it was looked at. */
async function approveOnce(job: JobShown) {
  const path = { job_id: job.job_id };
  const now = (await jobsRead({ path, throwOnError: true })).data;
  if (now.status !== "awaiting_review") throw new Late();
  await jobsApprove({ path, headers: { "Idempotency-Key": newKey() }, throwOnError: true });
}

/** Decide about a shot. That nobody waits for it any more is no fault of whoever decides. */
async function decideOnce(act: () => Promise<unknown>) {
  try {
    await act();
  } catch (error) {
    throw isProblem(error) && error.type === NOT_WAITING ? new Late() : error;
  }
}

interface ParkedProps {
  job: JobShown;
  shot: ShotShown;
  onAnswered: (error: unknown) => void;
  onChange: (shot: string) => void;
}

function Parked({ job, shot, onAnswered, onChange }: ParkedProps) {
  const path = { job_id: job.job_id, shot: shot.number };
  const sent = () => ({ path, headers: { "Idempotency-Key": newKey() }, throwOnError: true }) as const;
  const decide = useMutation({ mutationFn: decideOnce, onSettled: (_, error) => onAnswered(error) });
  const retry = (body: RetryShot) => decide.mutate(() => jobsRetry({ ...sent(), body }));
  const isBusy = decide.isPending;
  return (
    <div className="flex flex-col gap-3 border-l-2 border-lamp py-1 pl-4">
      <p>
        <strong className="font-semibold">{said.shot(shot.number)}.</strong> {film.parked[shot.code ?? ""] ?? film.parkedElse}
      </p>
      <p className="script text-soft">{shot.words}</p>
      {shot.message && <p className="text-sm [overflow-wrap:anywhere] text-soft">{film.parkedTold(shot.message)}</p>}
      {!(decide.error instanceof Late) && <Trouble error={decide.error} />}
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <Button isPending={isBusy} onPress={() => retry({})}>
          {said.retryShot}
        </Button>
        <Button look="quiet" isPending={isBusy} onPress={() => retry({ seed: anotherTake() })}>
          {film.otherTake}
        </Button>
        <Button look="quiet" aria-label={film.changeOf(shot.number)} onPress={() => onChange(shot.number)}>
          {film.change}
        </Button>
        <Button look="quiet" isPending={isBusy} onPress={() => decide.mutate(() => jobsSkip(sent()))}>
          {said.skipShot}
        </Button>
      </div>
    </div>
  );
}

function Cancel({ job, onAnswered }: { job: JobShown; onAnswered: (error: unknown) => void }) {
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
        const { cancelling } = (await jobsCancel({ path: { job_id: job.job_id }, throwOnError: true })).data;
        setDone(true);
        onAnswered(cancelling ? null : new Late());
      }}
    >
      <Trouble error={entry.error} again={() => void entry.refetch()} />
      <p className="text-soft">
        {entry.isFetching ? film.refundAsking : entry.isSuccess && film.refund(setAside(entry.data))} {film.kept}
      </p>
    </Confirm>
  );
}
