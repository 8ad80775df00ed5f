"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { authMakeKey, authRevokeKey, type KeyMade, type KeyShown, type Scope } from "@/client";
import { authKeysOptions } from "@/client/@tanstack/react-query.gen";
import { Copied } from "@/parts/copied";
import { Button, Field } from "@/parts/controls";
import { Confirm, Sheet } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { Pick } from "@/parts/pick";
import { Trouble } from "@/parts/problem";
import { Row, Section } from "@/parts/section";
import { date, day } from "@/parts/time";
import { account as said } from "@/words/account";

const DAY_MS = 86_400_000;

/** Keys with which programs act for somebody. */
export function Keys() {
  const client = useQueryClient();
  const keys = useQuery(authKeysOptions());
  const [isMaking, setMaking] = useKept("making a key", () => false);
  const reload = () => client.invalidateQueries({ queryKey: authKeysOptions().queryKey });
  return (
    <Section id="keys" title={said.keys} text={said.keysText}>
      <Trouble error={keys.error} again={() => void keys.refetch()} />
      {keys.data?.length === 0 && <p className="text-soft">{said.noKeys}</p>}
      <ul>
        {keys.data?.map((key) => (
          <Key key={key.key_id} of={key} onRevoked={reload} />
        ))}
      </ul>
      <Button className="self-start" onPress={() => setMaking(true)}>
        {said.makeKey}
      </Button>
      {isMaking && <Making onMade={reload} onClose={() => setMaking(false)} />}
    </Section>
  );
}

function Key({ of, onRevoked }: { of: KeyShown; onRevoked: () => Promise<unknown> }) {
  const facts = [
    <span key="hint" className="script">{`${of.hint}…`}</span>,
    of.scopes.includes("write") ? said.scopes.write : said.scopes.read,
    of.expires_at && said.until(date(of.expires_at)),
    of.used_at ? said.used(day(of.used_at)) : said.unused,
  ].filter(Boolean);
  return (
    <Row>
      <p className="min-w-0 flex-1 basis-60 break-words">
        {of.name}
        <span className="block text-sm text-soft">
          {facts.map((fact, index) => (
            <span key={String(index)}>
              {index > 0 && " · "}
              {fact}
            </span>
          ))}
        </span>
      </p>
      <Confirm
        trigger={said.revoke}
        label={said.revokeOf(of.name)}
        triggerClass="text-sm"
        title={said.revokeTitle(of.name)}
        act={said.revoke}
        keep={said.keep}
        onAct={async () => {
          await authRevokeKey({ path: { key_id: of.key_id }, throwOnError: true });
          await onRevoked();
        }}
      >
        <p className="text-soft">{said.revokeText}</p>
      </Confirm>
    </Row>
  );
}

function Making({ onMade, onClose }: { onMade: () => Promise<unknown>; onClose: () => void }) {
  const [name, setName] = useKept("name of a key", () => "");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("90");
  const make = useMutation({
    mutationFn: async () => {
      const scopes: Scope[] = scope === "write" ? ["read", "write"] : ["read"];
      const expires_at = days ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : null;
      return (await authMakeKey({ body: { name, scopes, expires_at }, throwOnError: true })).data;
    },
    onSuccess: onMade,
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    make.mutate();
  }
  if (make.data) return <Made made={make.data} onClose={onClose} />;
  return (
    <Sheet title={said.makeKey} isOpen onClose={onClose}>
      <Form onSubmit={submit} className="flex flex-col gap-6">
        <Field label={said.keyName} value={name} onChange={setName} isRequired maxLength={100} autoFocus />
        <Pick
          label={said.scope}
          options={Object.entries(said.scopes).map(([id, text]) => ({ id, name: text }))}
          value={scope}
          onChange={(id) => setScope(id as Scope)}
        />
        <Pick label={said.expires} options={said.terms} value={days} onChange={setDays} />
        <Trouble error={make.error} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="lamp" isPending={make.isPending}>
            {said.makeKey}
          </Button>
          <Button onPress={onClose}>{said.keep}</Button>
        </div>
      </Form>
    </Sheet>
  );
}

function Made({ made, onClose }: { made: KeyMade; onClose: () => void }) {
  return (
    <Sheet title={said.keyMade} isOpen onClose={onClose}>
      <p className="text-soft">{said.once}</p>
      <Copied label={said.keyMade} value={made.key} copy={said.copy} copied={said.copied} />
      <Button look="lamp" className="self-start" onPress={onClose}>
        {said.done}
      </Button>
    </Sheet>
  );
}
