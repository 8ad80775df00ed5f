"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { JobShown, ShotShown } from "@/client";
import {
  jobsApproveMutation,
  jobsCancelMutation,
  jobsReadOptions,
  jobsRetryMutation,
  jobsSkipMutation,
} from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { newKey } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { words } from "@/words";
import { ENDED } from "./events";

const said = words.job;

interface DecideProps {
  job: JobShown;
  shots: readonly ShotShown[];
  onDecided: () => void;
}

/** What whoever ordered a film can say while it is made: go on, this shot again, or call it off. */
export function Decide({ job, shots, onDecided }: DecideProps) {
  const client = useQueryClient();
  const path = { job_id: job.job_id };
  const reload = () => {
    void client.invalidateQueries({ queryKey: jobsReadOptions({ path }).queryKey });
    onDecided();
  };
  const approve = useMutation({ ...jobsApproveMutation(), onSuccess: reload });
  if (ENDED.has(job.status)) return null;
  const parked = shots.filter((shot) => shot.state === "parked");
  return (
    <section className="flex flex-col gap-5">
      {parked.map((shot) => (
        <Parked key={shot.number} job={job} shot={shot} onDecided={reload} />
      ))}
      <Trouble error={approve.error} />
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        {job.status === "awaiting_review" && (
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

function Parked({ job, shot, onDecided }: { job: JobShown; shot: ShotShown; onDecided: () => void }) {
  const path = { job_id: job.job_id, shot: shot.number };
  const retry = useMutation({ ...jobsRetryMutation(), onSuccess: onDecided });
  const skip = useMutation({ ...jobsSkipMutation(), onSuccess: onDecided });
  const headers = () => ({ "Idempotency-Key": newKey() });
  return (
    <div className="flex flex-col gap-3 border-l-2 border-lamp py-1 pl-4">
      <p>
        <strong className="font-semibold">{said.shot(shot.number)}.</strong> {shot.message}
      </p>
      <p className="script text-soft">{shot.words}</p>
      <Trouble error={retry.error ?? skip.error} />
      <div className="flex flex-wrap gap-x-6 gap-y-3">
        <Button isPending={retry.isPending} onPress={() => retry.mutate({ path, headers: headers(), body: {} })}>
          {said.retryShot}
        </Button>
        <Button look="quiet" isPending={skip.isPending} onPress={() => skip.mutate({ path, headers: headers() })}>
          {said.skipShot}
        </Button>
      </div>
    </div>
  );
}

function Cancel({ job, onDecided }: { job: JobShown; onDecided: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const cancel = useMutation({
    ...jobsCancelMutation(),
    onSuccess: () => {
      setOpen(false);
      onDecided();
    },
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button look="quiet" isDisabled={cancel.isSuccess}>
        {cancel.isSuccess ? said.cancelling : said.cancel}
      </Button>
      <ModalOverlay isDismissable className="fixed inset-0 z-40 flex items-center justify-center bg-black/60 p-4">
        <Modal className="w-full max-w-md rounded-xl border border-line bg-raised p-7 text-ink">
          <Dialog role="alertdialog" className="flex flex-col gap-4 outline-none">
            <Heading slot="title" className="display text-3xl">
              {said.cancelTitle}
            </Heading>
            <p className="text-soft">{said.cancelText}</p>
            <Trouble error={cancel.error} />
            <div className="mt-2 flex flex-wrap gap-3">
              <Button look="bad" isPending={cancel.isPending} onPress={() => cancel.mutate({ path: { job_id: job.job_id } })}>
                {said.cancel}
              </Button>
              <Button slot="close">{said.keep}</Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
