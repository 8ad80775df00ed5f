"use client";

import { useEffect, useState } from "react";
import { type AdminUsersData, adminUsers, type UserShown } from "@/client";
import { Field } from "@/parts/controls";
import { useKept } from "@/parts/kept";
import { More, usePaged } from "@/parts/paged";
import { Pick } from "@/parts/pick";
import { Trouble } from "@/parts/problem";
import { date } from "@/parts/time";
import { admin as said } from "@/words/admin";
import { UserSheet } from "./user";

/** Milliseconds that somebody stops typing before is searched. */
const PAUSE_MS = 300;
const ROLES = [{ id: "", name: said.all }, ...Object.entries(said.roles).map(([id, name]) => ({ id, name }))];
const TIERS = [{ id: "", name: said.all }, ...Object.entries(said.tiers).map(([id, name]) => ({ id, name }))];
const STATES = [
  { id: "", name: said.all },
  { id: "open", name: said.open },
  { id: "shut", name: said.shutOnly },
];

type Query = NonNullable<AdminUsersData["query"]>;

/** All users: found by their address, and looked at one by one. */
export function Users() {
  const [typed, setTyped] = useKept("search", () => "");
  const [search, setSearch] = useState("");
  const [role, setRole] = useState("");
  const [tier, setTier] = useState("");
  const [state, setState] = useState("");
  const [chosen, setChosen] = useKept<string | null>("user", () => null);
  useEffect(() => {
    const timer = window.setTimeout(() => setSearch(typed.trim()), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const users = usePaged<UserShown>(["users", search, role, tier, state], async (cursor, signal) => {
    const query: Query = { limit: 25, cursor, search };
    if (role) query.role = role as Query["role"];
    if (tier) query.tier = tier as Query["tier"];
    if (state) query.disabled = state === "shut";
    return (await adminUsers({ query, signal, throwOnError: true })).data;
  });
  return (
    <section aria-label={said.room.users} className="flex flex-col gap-6">
      <div className="flex flex-wrap items-end gap-x-10 gap-y-5 [&>:first-child]:min-w-56 [&>:first-child]:flex-1">
        <Field label={said.search} type="search" value={typed} onChange={setTyped} maxLength={100} />
        <Pick label={said.role} options={ROLES} value={role} onChange={setRole} />
        <Pick label={said.tier} options={TIERS} value={tier} onChange={setTier} />
        <Pick label={said.state} options={STATES} value={state} onChange={setState} />
      </div>
      <Trouble error={users.error} again={() => void users.refetch()} />
      {users.isSuccess && !users.items.length && <p className="text-soft">{said.nobodyFound}</p>}
      <ul>
        {users.items.map((user) => (
          <li key={user.user_id}>
            <button
              type="button"
              onClick={() => setChosen(user.user_id)}
              className="group flex w-full cursor-pointer flex-wrap items-baseline justify-between gap-x-6 border-t border-line py-3 text-left"
            >
              <span className="break-all group-hover:text-lamp">{user.email}</span>
              <span className="text-sm text-soft">
                {factsOf(user).join(" · ")}
                {user.disabled_at && <span className="text-bad"> · {said.shut}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <More of={users}>{said.more}</More>
      {chosen && <UserSheet id={chosen} onChanged={() => void users.refetch()} onClose={() => setChosen(null)} />}
    </section>
  );
}

function factsOf(user: UserShown): string[] {
  const facts = [said.tiers[user.tier] ?? user.tier, said.joined(date(user.created_at))];
  if (user.role !== "user") facts.unshift(said.roles[user.role] ?? user.role);
  if (!user.email_verified_at) facts.push(said.unverified);
  return facts;
}
