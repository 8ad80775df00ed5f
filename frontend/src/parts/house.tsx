"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode, useEffect } from "react";
import type { Account } from "@/client";
import { authLogoutMutation, authMeOptions, creditsBalanceOptions } from "@/client/@tanstack/react-query.gen";
import { words } from "@/words";
import { Button } from "./controls";
import { forget, keepFor } from "./kept";
import { Mark } from "./mark";
import { isProblem, Trouble } from "./problem";
import { Renewed, useLooking } from "./renewed";

/** What stands around every page of somebody who is signed in; who is not is led to the door, and back afterwards. */
export function House({ children }: { children: ReactNode }) {
  useLooking();
  const me = useQuery(authMeOptions());
  if (me.data) keepFor(me.data.user_id); // before what is written in this house asks for what it was
  const stranger = isProblem(me.error) && me.error.status === 401;
  useEffect(() => {
    if (stranger) window.location.replace(`/login?next=${encodeURIComponent(window.location.pathname)}`);
  }, [stranger]);
  return (
    <>
      <Renewed className="px-4 sm:px-8" />
      <header className="mx-auto flex w-full max-w-[110rem] flex-wrap items-center justify-between gap-x-4 px-4 py-3 sm:px-8">
        <Mark href="/dashboard" />
        {me.data && <Corner account={me.data} />}
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[110rem] px-4 pt-4 pb-24 outline-none sm:px-8">
        {/* What somebody was writing is not shown to somebody else who signed in meanwhile. */}
        {me.data ? <Fragment key={me.data.user_id}>{children}</Fragment> : <Waiting error={stranger ? null : me.error} again={() => void me.refetch()} />}
      </main>
    </>
  );
}

function Waiting({ error, again }: { error: unknown; again: () => void }) {
  return error ? <Trouble error={error} again={again} /> : <p className="sr-only">{words.working}</p>;
}

function Corner({ account }: { account: Account }) {
  const balance = useQuery(creditsBalanceOptions());
  const leave = useMutation({
    ...authLogoutMutation(),
    onSettled: () => {
      forget();
      window.location.assign("/");
    },
  });
  return (
    <nav
      aria-label={words.bar.main}
      className="flex w-full flex-wrap items-center justify-between gap-x-5 border-t border-line pt-1 text-sm whitespace-nowrap max-sm:mt-2 sm:w-auto sm:pt-0 sm:border-0 sm:gap-x-7"
    >
      <Place href="/dashboard">{words.bar.projects}</Place>
      <Place href="/credits">{balance.data ? words.bar.credits(balance.data.credits) : words.bar.till}</Place>
      <Place href="/account">{words.bar.account}</Place>
      {account.role !== "user" && <Place href="/admin">{words.bar.house}</Place>}
      <Button look="quiet" className="text-sm" onPress={() => leave.mutate({})}>
        {words.bar.leave}
      </Button>
    </nav>
  );
}

function Place({ href, children }: { href: string; children: string }) {
  const isHere = window.location.pathname === href;
  return (
    <a
      href={href}
      aria-current={isHere ? "page" : undefined}
      className={`py-2.5 tabular-nums no-underline hover:text-ink ${isHere ? "text-ink" : "text-soft"}`}
    >
      {children}
    </a>
  );
}
