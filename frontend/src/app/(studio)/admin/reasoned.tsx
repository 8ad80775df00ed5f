"use client";

import type { ReactNode } from "react";
import { Area } from "@/parts/area";
import type { Look } from "@/parts/controls-static";
import { Confirm } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { admin as said } from "@/words/admin";

interface ReasonedProps {
  /** Id of whom or what it is about. */
  about: string;
  trigger: string;
  look?: Look;
  actLook?: Look;
  title: string;
  act: string;
  text?: string;
  children?: ReactNode;
  isReady?: boolean;
  onOpen?: () => void;
  onAct: (reason: string) => Promise<unknown>;
}

/** Something that is done for a reason, which is kept. */
export function Reasoned({ about, text, children, isReady = true, onAct, onOpen, ...rest }: ReasonedProps) {
  const name = `${rest.trigger} ${about}`;
  const [reason, setReason] = useKept(`${name} reason`, () => "");
  return (
    <Confirm
      {...rest}
      name={name}
      keep={said.keep}
      isReady={isReady && reason.trim() !== ""}
      onOpen={() => {
        setReason("");
        onOpen?.();
      }}
      onAct={() => onAct(reason.trim())}
    >
      {text && <p className="text-soft">{text}</p>}
      {children}
      <Area label={said.reason} hint={said.reasonHint} value={reason} onChange={setReason} maxLength={1000} rows={2} />
    </Confirm>
  );
}
