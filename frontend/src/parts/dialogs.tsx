"use client";

import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./controls";
import type { Look } from "./controls-static";
import { useKept } from "./kept";
import { Trouble } from "./problem";
import { Renewed } from "./renewed";

const OVER = "fixed inset-0 z-40 flex bg-black/60";

interface ConfirmProps {
  /** What the button says that leads here; `label` where it needs more words for those who do not see where it stands. */
  trigger: string;
  label?: string;
  look?: Look;
  triggerClass?: string;
  isDisabled?: boolean;
  /** What it is called on its page, where something is written in it: it is open again when the page was loaded anew. */
  name?: string;
  title: string;
  children?: ReactNode;
  /** What is done, and what is not. */
  act: string;
  keep: string;
  actLook?: Look;
  /** Whether all is filled in that it needs. */
  isReady?: boolean;
  onOpen?: () => void;
  onAct: () => Promise<unknown>;
}

/** A button, behind which is asked whether it is meant. What goes wrong is said there, and nothing is closed. */
export function Confirm(props: ConfirmProps) {
  const { trigger, label, look = "quiet", triggerClass = "", title, children, act, keep, actLook = "bad", isReady = true } = props;
  const [isOpen, setOpen] = useKept(props.name ?? "", () => false);
  const doing = useMutation({ mutationFn: props.onAct, onSuccess: () => setOpen(false) });
  function turn(open: boolean) {
    if (open) {
      doing.reset();
      props.onOpen?.();
    }
    setOpen(open);
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={turn}>
      <Button look={look} aria-label={label} className={triggerClass} isDisabled={props.isDisabled}>
        {trigger}
      </Button>
      <ModalOverlay isDismissable className={`${OVER} items-center justify-center p-4`}>
        <Modal className="max-h-full w-full max-w-md overflow-y-auto rounded-xl border border-line bg-raised p-7 text-ink">
          <Dialog role="alertdialog" className="flex flex-col gap-4 outline-none">
            <Renewed className="-mx-7 -mt-7 px-7" />
            <Heading slot="title" className="display text-3xl break-words">
              {title}
            </Heading>
            {children}
            <Trouble error={doing.error} />
            <div className="mt-2 flex flex-wrap gap-3">
              <Button look={actLook} isPending={doing.isPending} isDisabled={!isReady} onPress={() => doing.mutate()}>
                {act}
              </Button>
              <Button slot="close">{keep}</Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

interface SheetProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Whether a press beside it closes it: not where something may be half written. */
  isDismissable?: boolean;
  children: ReactNode;
}

/** A sheet laid over the page, from its right edge: something to be worked on, while the page stays what it is. */
export function Sheet({ title, isOpen, onClose, isDismissable = false, children }: SheetProps) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={isDismissable} className={`${OVER} justify-end`}>
      {/* What stands at its foot does not lie over what the keyboard comes to. */}
      <Modal className="h-dvh w-full max-w-xl scroll-pb-64 overflow-y-auto border-l border-line bg-raised text-ink">
        <Dialog className="flex min-h-full flex-col gap-7 p-6 outline-none sm:p-9">
          <Renewed className="-mx-6 -mt-6 px-6 sm:-mx-9 sm:-mt-9 sm:px-9" />
          <Heading slot="title" className="display text-4xl break-words">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
