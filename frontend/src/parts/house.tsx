"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { authLogoutMutation, authMeOptions, creditsBalanceOptions } from "@/client/@tanstack/react-query.gen";
import { words } from "@/words";
import { Button } from "./controls";
import { Mark } from "./mark";
import { isProblem, Trouble } from "./problem";

/** What stands around every page of somebody who is signed in; who is not is led to the door, and back afterwards. */
export function House({ children }: { children: ReactNode }) {
  const me = useQuery(authMeOptions());
  const stranger = isProblem(me.error) && me.error.status === 401;
  useEffect(() => {
    if (stranger) window.location.replace(`/login?next=${encodeURIComponent(window.location.pathname)}`);
  }, [stranger]);
  return (
    <>
      <header className="mx-auto flex w-full max-w-[110rem] items-center justify-between gap-x-4 px-4 py-3 sm:px-8">
        <Mark href="/dashboard" />
        {me.data && <Corner email={me.data.email} />}
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[110rem] px-4 pt-4 pb-24 outline-none sm:px-8">
        {me.data ? children : <Waiting error={stranger ? null : me.error} again={() => void me.refetch()} />}
      </main>
    </>
  );
}

function Waiting({ error, again }: { error: unknown; again: () => void }) {
  return error ? <Trouble error={error} again={again} /> : <p className="sr-only">{words.working}</p>;
}

function Corner({ email }: { email: string }) {
  const balance = useQuery(creditsBalanceOptions());
  const leave = useMutation({ ...authLogoutMutation(), onSettled: () => window.location.assign("/") });
  return (
    <nav aria-label={words.bar.main} className="flex items-center gap-x-4 text-sm whitespace-nowrap text-soft sm:gap-x-6">
      <a href="/dashboard" className="hidden py-2 text-soft no-underline hover:text-ink sm:block">
        {words.bar.projects}
      </a>
      <span className="tabular-nums" title={email}>
        {balance.data ? words.bar.credits(balance.data.credits) : ""}
      </span>
      <Button look="quiet" className="text-sm" onPress={() => leave.mutate({})}>
        {words.bar.leave}
      </Button>
    </nav>
  );
}
