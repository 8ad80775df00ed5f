"use client";

import { useQuery } from "@tanstack/react-query";
import { creditsBalanceOptions } from "@/client/@tanstack/react-query.gen";
import { House } from "@/parts/house";
import { Trouble } from "@/parts/problem";
import { plainDate } from "@/parts/time";
import { credits as said } from "@/words/credits";
import { Back } from "./back";
import { History } from "./history";
import { Prices, Shop } from "./shop";

/** What somebody has, what became of it, and where more of it comes from. */
export function Credits() {
  return (
    <House>
      <div className="flex flex-col gap-12">
        <h1 className="display text-5xl sm:text-6xl">{said.title}</h1>
        <Back />
        <div className="grid items-start gap-x-16 gap-y-14 xl:grid-cols-[minmax(0,7fr)_minmax(22rem,4fr)]">
          <div className="flex flex-col gap-14">
            <Balance />
            <Shop />
          </div>
          <div className="flex flex-col gap-14 xl:row-span-2">
            <Prices />
          </div>
          <History />
        </div>
      </div>
    </House>
  );
}

function Balance() {
  const balance = useQuery(creditsBalanceOptions());
  const now = balance.data;
  return (
    <section aria-label={said.balance} className="flex flex-col gap-3">
      <Trouble error={balance.error} again={() => void balance.refetch()} />
      {now && (
        <>
          <p className="display text-[clamp(3.5rem,9vw,7rem)] tabular-nums">{said.count(now.credits)}</p>
          <div className="flex max-w-prose flex-col gap-1 text-soft">
            <p>{now.monthly > 0 ? said.monthly(now.monthly, plainDate(now.resets_on)) : now.credits > 0 && said.lasting}</p>
            {now.reserved > 0 && <p>{said.reserved(now.reserved)}</p>}
            {now.owed > 0 && <p className="text-bad">{said.owed(now.owed)}</p>}
          </div>
        </>
      )}
    </section>
  );
}
