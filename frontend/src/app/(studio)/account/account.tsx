"use client";

import { useQuery } from "@tanstack/react-query";
import { authMeOptions } from "@/client/@tanstack/react-query.gen";
import { House } from "@/parts/house";
import { account as said } from "@/words/account";
import { Hooks } from "./hooks";
import { Keys } from "./keys";
import { Leave, Take } from "./leave";
import { Linked } from "./linked";
import { Sessions } from "./sessions";

/** Who somebody is here, where they are signed in, and what acts for them. */
export function AccountPage() {
  return (
    <House>
      <div className="flex flex-col gap-14">
        <Head />
        <div className="grid items-start gap-x-16 gap-y-14 xl:grid-cols-2">
          <div className="flex flex-col gap-14">
            <Sessions />
            <Linked />
          </div>
          <div className="flex flex-col gap-14">
            <Keys />
            <Hooks />
          </div>
          <Take />
          <Leave />
        </div>
      </div>
    </House>
  );
}

function Head() {
  const me = useQuery(authMeOptions());
  if (!me.data) return null;
  return (
    <div className="flex flex-col gap-3">
      <h1 className="display text-5xl sm:text-6xl">{said.title}</h1>
      <p className="text-lg text-soft">
        <span className="break-all">{me.data.email}</span>
        {[said.tier[me.data.tier], said.role[me.data.role]].filter(Boolean).map((fact) => ` · ${fact}`)}
      </p>
    </div>
  );
}
