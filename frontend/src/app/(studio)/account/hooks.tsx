"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CheckboxGroup, Form, Label } from "react-aria-components";
import { type HookEvent, webhooksCreate, webhooksDelete, webhooksDisable, webhooksEnable, webhooksRotate, type WebhookShown } from "@/client";
import { webhooksIndexOptions } from "@/client/@tanstack/react-query.gen";
import { Copied } from "@/parts/copied";
import { Button, Field } from "@/parts/controls";
import { Confirm, Sheet } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { Trouble } from "@/parts/problem";
import { Section } from "@/parts/section";
import { Tick } from "@/parts/tick";
import { account as said } from "@/words/account";
import { Deliveries } from "./deliveries";

/** Addresses of somebody's that are told what becomes of their films. */
export function Hooks() {
  const client = useQueryClient();
  const hooks = useQuery(webhooksIndexOptions());
  const [isAdding, setAdding] = useKept("adding a hook", () => false);
  const [secret, setSecret] = useState("");
  const reload = () => client.invalidateQueries({ queryKey: webhooksIndexOptions().queryKey });
  return (
    <Section id="hooks" title={said.hooks} text={said.hooksText}>
      <Trouble error={hooks.error} again={() => void hooks.refetch()} />
      {hooks.data?.length === 0 && <p className="text-soft">{said.noHooks}</p>}
      <ul>
        {hooks.data?.map((hook) => (
          <Hook key={hook.webhook_id} hook={hook} onChanged={reload} onSecret={setSecret} />
        ))}
      </ul>
      <Button className="self-start" onPress={() => setAdding(true)}>
        {said.addHook}
      </Button>
      {isAdding && (
        <Adding
          onClose={() => setAdding(false)}
          onMade={async (made) => {
            setAdding(false);
            setSecret(made);
            await reload();
          }}
        />
      )}
      {secret && (
        <Sheet title={said.secret} isOpen onClose={() => setSecret("")}>
          <p className="text-soft">{said.once}</p>
          <Copied label={said.secret} value={secret} copy={said.copy} copied={said.copied} />
          <Button look="lamp" className="self-start" onPress={() => setSecret("")}>
            {said.done}
          </Button>
        </Sheet>
      )}
    </Section>
  );
}

interface HookProps {
  hook: WebhookShown;
  onChanged: () => Promise<unknown>;
  onSecret: (secret: string) => void;
}

function Hook({ hook, onChanged, onSecret }: HookProps) {
  const path = { webhook_id: hook.webhook_id };
  const [isOpen, setOpen] = useState(false);
  const isOn = hook.disabled_at === null;
  const turn = useMutation({
    mutationFn: () => (isOn ? webhooksDisable : webhooksEnable)({ path, throwOnError: true }),
    onSuccess: onChanged,
  });
  return (
    <li className="flex flex-col gap-1 border-t border-line py-3">
      <p className="break-all">{hook.url}</p>
      <p className={`text-sm ${isOn ? "text-good" : "text-soft"}`}>{isOn ? said.on : said.off[hook.disabled_why ?? "owner"]}</p>
      <p className="text-sm text-soft">{hook.events.map((event) => said.events[event]).join(" · ")}</p>
      <Trouble error={turn.error} />
      <div className="flex flex-wrap gap-x-6 text-sm">
        <Button look="quiet" className="text-sm" aria-label={said.deliveriesOf(hook.url)} onPress={() => setOpen(true)}>
          {said.deliveries}
        </Button>
        <Button
          look="quiet"
          className="text-sm"
          aria-label={(isOn ? said.disableOf : said.enableOf)(hook.url)}
          isPending={turn.isPending}
          onPress={() => turn.mutate()}
        >
          {isOn ? said.disable : said.enable}
        </Button>
        <Confirm
          trigger={said.rotate}
          label={said.rotateOf(hook.url)}
          triggerClass="text-sm"
          title={said.rotateTitle}
          act={said.rotate}
          actLook="lamp"
          keep={said.keep}
          onAct={async () => onSecret((await webhooksRotate({ path, throwOnError: true })).data.secret)}
        >
          <p className="text-soft">{said.rotateText}</p>
        </Confirm>
        <Confirm
          trigger={said.remove}
          label={said.removeOf(hook.url)}
          triggerClass="text-sm"
          title={said.removeTitle}
          act={said.remove}
          keep={said.keep}
          onAct={async () => {
            await webhooksDelete({ path, throwOnError: true });
            await onChanged();
          }}
        >
          <p className="text-soft">{said.removeText}</p>
        </Confirm>
      </div>
      {isOpen && <Deliveries hook={hook} onClose={() => setOpen(false)} />}
    </li>
  );
}

const EVENTS = Object.keys(said.events) as HookEvent[];

function Adding({ onMade, onClose }: { onMade: (secret: string) => Promise<unknown>; onClose: () => void }) {
  const [url, setUrl] = useKept("address of a hook", () => "");
  const [events, setEvents] = useState<string[]>(EVENTS);
  const add = useMutation({
    mutationFn: async () => (await webhooksCreate({ body: { url: url.trim(), events: events as HookEvent[] }, throwOnError: true })).data,
    onSuccess: (made) => onMade(made.secret),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }
  return (
    <Sheet title={said.addHook} isOpen onClose={onClose}>
      <Form onSubmit={submit} className="flex flex-col gap-6">
        <Field label={said.hookUrl} hint={said.hookHint} type="url" value={url} onChange={setUrl} isRequired maxLength={2000} autoFocus />
        <CheckboxGroup value={events} onChange={setEvents} className="flex flex-col">
          <Label className="text-sm font-medium">{said.hookEvents}</Label>
          {EVENTS.map((event) => (
            <Tick key={event} value={event}>
              {said.events[event]}
            </Tick>
          ))}
        </CheckboxGroup>
        <Trouble error={add.error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="lamp" isDisabled={!events.length} isPending={add.isPending}>
            {said.addHook}
          </Button>
          <Button onPress={onClose}>{said.keep}</Button>
        </div>
      </Form>
    </Sheet>
  );
}
