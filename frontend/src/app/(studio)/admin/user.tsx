"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { adminBan, adminChangeUser, adminGiveCredits, type ChangeUser, type UserCounted } from "@/client";
import { adminUserOptions } from "@/client/@tanstack/react-query.gen";
import { Button, Field } from "@/parts/controls";
import { Sheet } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { Pick } from "@/parts/pick";
import { newKey } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { date, moment } from "@/parts/time";
import { words } from "@/words";
import { admin as said } from "@/words/admin";
import { Reasoned } from "./reasoned";

const ROLES = Object.entries(said.roles).map(([id, name]) => ({ id, name }));
const TIERS = Object.entries(said.tiers).map(([id, name]) => ({ id, name }));
const MOST = 1_000_000;

interface SheetProps {
  id: string;
  onChanged: () => void;
  onClose: () => void;
}

/** Somebody, what belongs to them, and what an administrator may do about them. */
export function UserSheet({ id, onChanged, onClose }: SheetProps) {
  const client = useQueryClient();
  const options = adminUserOptions({ path: { user_id: id } });
  const user = useQuery(options);
  async function changed() {
    await client.invalidateQueries({ queryKey: options.queryKey });
    onChanged();
  }
  return (
    <Sheet title={user.data?.email ?? ""} isOpen isDismissable onClose={onClose}>
      <Trouble error={user.error} again={() => void user.refetch()} />
      {user.data && (
        <>
          <Facts user={user.data} />
          <Terms key={`${user.data.role} ${user.data.tier}`} user={user.data} onChanged={changed} />
          <Gift user={user.data} onChanged={changed} />
          <Shutting user={user.data} onChanged={changed} />
        </>
      )}
      <Button className="mt-auto self-start" onPress={onClose}>
        {said.close}
      </Button>
    </Sheet>
  );
}

function Facts({ user }: { user: UserCounted }) {
  const films = Object.entries(user.films).map(([status, count]) => `${count} ${(words.job.status[status] ?? status).toLowerCase()}`);
  const facts: [string, string][] = [
    [said.projects, String(user.projects)],
    [said.films, films.join(", ") || "0"],
    [said.sessions, String(user.sessions)],
    [said.keys, String(user.keys)],
  ];
  return (
    <div className="flex flex-col gap-4">
      <p className="text-soft">
        {[
          said.joined(date(user.created_at)),
          user.last_login_at && said.lastSeen(moment(user.last_login_at)),
          !user.email_verified_at && said.unverified,
        ]
          .filter(Boolean)
          .join(" · ")}
        {user.disabled_at && <span className="text-bad"> · {said.shut}</span>}
      </p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-6 border-t border-line py-2">
            <dt className="text-soft">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface AboutProps {
  user: UserCounted;
  onChanged: () => Promise<unknown>;
}

function Terms({ user, onChanged }: AboutProps) {
  const [role, setRole] = useKept<string>(`${user.user_id} role`, () => user.role);
  const [tier, setTier] = useKept<string>(`${user.user_id} tier`, () => user.tier);
  const wanted: Partial<ChangeUser> = {};
  if (role !== user.role) wanted.role = role as ChangeUser["role"];
  if (tier !== user.tier) wanted.tier = tier as ChangeUser["tier"];
  return (
    <div className="flex flex-col gap-5">
      <Pick label={said.role} options={ROLES} value={role} onChange={setRole} />
      <Pick label={said.tier} options={TIERS} value={tier} onChange={setTier} />
      {Object.keys(wanted).length > 0 && (
        <div>
          <Reasoned
            about={user.user_id}
            trigger={said.change}
            look="lamp"
            actLook="lamp"
            title={said.changeTitle(user.email)}
            act={said.changeAct}
            onAct={async (reason) => {
              await adminChangeUser({ path: { user_id: user.user_id }, body: { ...wanted, reason }, throwOnError: true });
              await onChanged();
            }}
          />
        </div>
      )}
    </div>
  );
}

function Gift({ user, onChanged }: AboutProps) {
  const [count, setCount] = useKept(`${user.user_id} gift`, () => "10");
  const [told, setTold] = useState("");
  const key = useRef(newKey());
  const credits = /^\d+$/.test(count.trim()) ? Number(count) : 0;
  const isReady = credits >= 1 && credits <= MOST;
  return (
    <div className="flex flex-col gap-2">
      <div>
        <Reasoned
          about={user.user_id}
          trigger={said.give}
          look="plain"
          actLook="lamp"
          title={said.giveTitle(user.email)}
          text={said.giveText}
          act={said.give}
          isReady={isReady}
          onOpen={() => {
            key.current = newKey();
            setTold("");
          }}
          onAct={async (reason) => {
            const path = { user_id: user.user_id };
            const headers = { "Idempotency-Key": key.current };
            const given = await adminGiveCredits({ path, headers, body: { credits, reason }, throwOnError: true });
            setTold(said.given(given.data.credits));
            await onChanged();
          }}
        >
          <Field label={said.giveCount} inputMode="numeric" value={count} onChange={setCount} hint={isReady ? undefined : said.giveWrong} />
        </Reasoned>
      </div>
      <p role="status" className={told ? "text-good" : "sr-only"}>
        {told}
      </p>
    </div>
  );
}

function Shutting({ user, onChanged }: AboutProps) {
  const path = { user_id: user.user_id };
  if (user.disabled_at)
    return (
      <div>
        <Reasoned
          about={user.user_id}
          trigger={said.reopen}
          look="plain"
          actLook="lamp"
          title={said.reopenTitle(user.email)}
          act={said.reopen}
          onAct={async (reason) => {
            await adminChangeUser({ path, body: { disabled: false, reason }, throwOnError: true });
            await onChanged();
          }}
        />
      </div>
    );
  return (
    <div>
      <Reasoned
        about={user.user_id}
        trigger={said.ban}
        look="bad"
        title={said.banTitle(user.email)}
        text={said.banText}
        act={said.ban}
        onAct={async (reason) => {
          await adminBan({ path, body: { reason }, throwOnError: true });
          await onChanged();
        }}
      />
    </div>
  );
}
