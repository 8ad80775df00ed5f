"use client";

import { useState } from "react";
import { type AuditShown, adminAudit } from "@/client";
import { Button } from "@/parts/controls";
import { More, usePaged } from "@/parts/paged";
import { Trouble } from "@/parts/problem";
import { moment } from "@/parts/time";
import { admin as said } from "@/words/admin";

/** What administrators, moderators and the operator did, and why. */
export function Audit() {
  const [target, setTarget] = useState("");
  const acts = usePaged<AuditShown>(["audit", target], async (cursor, signal) => {
    const query = { limit: 25, cursor, ...(target ? { target_id: target } : {}) };
    return (await adminAudit({ query, signal, throwOnError: true })).data;
  });
  return (
    <section aria-label={said.room.audit} className="flex flex-col gap-6">
      <Trouble error={acts.error} again={() => void acts.refetch()} />
      {target && (
        <Button className="self-start" onPress={() => setTarget("")}>
          {said.everything}
        </Button>
      )}
      {acts.isSuccess && !acts.items.length && <p className="text-soft">{said.noAudit}</p>}
      <ol>
        {acts.items.map((act) => (
          <li key={act.audit_id} className="flex flex-col gap-1 border-t border-line py-4">
            <p className="break-words">
              <strong className="font-semibold break-all">{whoOf(act)}</strong> {said.acts[act.act] ?? act.act}
              <span className="text-sm text-soft"> · {moment(act.at)}</span>
            </p>
            <p className="break-words">{act.reason}</p>
            <Changed before={act.before} after={act.after} />
            {!target && (
              <div>
                <Button look="quiet" className="text-sm" onPress={() => setTarget(act.target_id)}>
                  {said.onlyTo}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ol>
      <More of={acts}>{said.more}</More>
    </section>
  );
}

function whoOf(act: AuditShown): string {
  if (act.role === "operator") return said.operator;
  if (act.role === "payments") return said.payments;
  return act.actor ?? said.nobodyKnown;
}

function Changed({ before, after }: { before: Record<string, unknown>; after: Record<string, unknown> }) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (!names.length) return null;
  return (
    <ul className="text-sm text-soft">
      {names.map((name) => (
        <li key={name} className="break-all">
          {name}: <span className="sr-only">{said.before} </span>
          {written(before[name])} <span aria-hidden="true">→</span> <span className="sr-only">{said.afterwards} </span>
          {written(after[name])}
        </li>
      ))}
    </ul>
  );
}

function written(value: unknown): string {
  return value == null ? "–" : typeof value === "string" ? value : JSON.stringify(value);
}
