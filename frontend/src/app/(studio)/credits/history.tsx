"use client";

import { useState } from "react";
import { creditsHistory, type EntryShown } from "@/client";
import { Button } from "@/parts/controls";
import { Sheet } from "@/parts/dialogs";
import { More, usePaged } from "@/parts/paged";
import { Trouble } from "@/parts/problem";
import { Section } from "@/parts/section";
import { date, moment } from "@/parts/time";
import { credits as said } from "@/words/credits";

/** Every movement of credits, the newest first; of each purchase there is a receipt. */
export function History() {
  const history = usePaged<EntryShown>(["history"], async (cursor, signal) => {
    return (await creditsHistory({ query: { limit: 25, cursor }, signal, throwOnError: true })).data;
  });
  const [receipt, setReceipt] = useState<EntryShown | null>(null);
  return (
    <Section id="history" title={said.history}>
      <Trouble error={history.error} again={() => void history.refetch()} />
      {history.isSuccess && !history.items.length && <p className="text-soft">{said.empty}</p>}
      <ul>
        {history.items.map((entry) => (
          <Entry key={entry.transaction_id} entry={entry} onReceipt={() => setReceipt(entry)} />
        ))}
      </ul>
      <More of={history}>{said.more}</More>
      {receipt && <Receipt of={receipt} onClose={() => setReceipt(null)} />}
    </Section>
  );
}

function Entry({ entry, onReceipt }: { entry: EntryShown; onReceipt: () => void }) {
  const isUp = entry.amount > 0;
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-6 border-t border-line py-3">
      <p className="min-w-0 break-words">
        {entry.description || said.types[entry.type]}
        <span className="block text-sm text-soft">
          {moment(entry.created_at)} · {said.types[entry.type]}
          {entry.type === "purchase" && (
            <>
              {" · "}
              <button
                type="button"
                aria-label={said.receiptOf(entry.description)}
                onClick={onReceipt}
                className="cursor-pointer underline decoration-line underline-offset-4 hover:text-ink"
              >
                {said.receipt}
              </button>
            </>
          )}
        </span>
      </p>
      <p className="text-right tabular-nums">
        <span className={isUp ? "text-good" : ""}>
          {isUp ? "+" : entry.amount < 0 ? "−" : ""}
          {Math.abs(entry.amount)}
        </span>
        <span className="block text-sm text-soft">
          <span className="sr-only">{said.after}: </span>
          {entry.balance_after}
        </span>
      </p>
    </li>
  );
}

function Receipt({ of, onClose }: { of: EntryShown; onClose: () => void }) {
  const facts: [string, string][] = [
    [said.receiptFor, of.description],
    [said.receiptDay, date(of.created_at)],
    [said.receiptCredits, String(of.amount)],
    [said.receiptNumber, of.transaction_id],
  ];
  return (
    <Sheet title={said.receiptTitle} isOpen isDismissable onClose={onClose}>
      <dl className="flex flex-col">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-6 border-t border-line py-3">
            <dt className="text-soft">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-soft">{said.receiptText}</p>
      <div className="flex flex-wrap gap-3 print:hidden">
        <Button onPress={() => window.print()}>{said.print}</Button>
        <Button look="quiet" onPress={onClose}>
          {said.close}
        </Button>
      </div>
    </Sheet>
  );
}
