"use client";

import { useMutation } from "@tanstack/react-query";
import { type DeliveryShown, webhooksDeliveries, webhooksRedeliver, type WebhookShown } from "@/client";
import { Button } from "@/parts/controls";
import { Sheet } from "@/parts/dialogs";
import { More, usePaged } from "@/parts/paged";
import { Trouble } from "@/parts/problem";
import { Row } from "@/parts/section";
import { moment } from "@/parts/time";
import { account as said } from "@/words/account";

/** What a webhook was told, and is to be told. */
export function Deliveries({ hook, onClose }: { hook: WebhookShown; onClose: () => void }) {
  const path = { webhook_id: hook.webhook_id };
  const sent = usePaged<DeliveryShown>(["deliveries", hook.webhook_id], async (cursor, signal) => {
    return (await webhooksDeliveries({ path, query: { limit: 25, cursor }, signal, throwOnError: true })).data;
  });
  const again = useMutation({
    mutationFn: (delivery_id: string) => webhooksRedeliver({ path: { ...path, delivery_id }, throwOnError: true }),
    onSuccess: () => sent.refetch(),
  });
  return (
    <Sheet title={said.deliveries} isOpen isDismissable onClose={onClose}>
      <p className="break-all text-soft">{hook.url}</p>
      <Trouble error={sent.error ?? again.error} />
      {sent.isSuccess && !sent.items.length && <p className="text-soft">{said.noDeliveries}</p>}
      <ul>
        {sent.items.map((one) => (
          <Row key={one.delivery_id}>
            <p>
              {said.events[one.event]}
              <span className="block text-sm text-soft">{stateOf(one)}</span>
            </p>
            <Button look="quiet" className="text-sm" isPending={again.isPending} onPress={() => again.mutate(one.delivery_id)}>
              {said.again}
            </Button>
          </Row>
        ))}
      </ul>
      <More of={sent}>{said.more}</More>
      <Button className="mt-auto self-start" onPress={onClose}>
        {said.close}
      </Button>
    </Sheet>
  );
}

function stateOf(one: DeliveryShown): string {
  if (one.delivered_at) return said.delivered(moment(one.delivered_at));
  const why = one.last_error ?? (one.last_status ? `HTTP ${one.last_status}` : "");
  const state = !one.next_try_at
    ? said.givenUp(one.attempts)
    : one.attempts
      ? said.pending(one.attempts, moment(one.next_try_at))
      : said.waiting;
  return why ? `${state}: ${why}` : state;
}
