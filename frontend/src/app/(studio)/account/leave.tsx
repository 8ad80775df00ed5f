"use client";

import { useState } from "react";
import { authLeave } from "@/client";
import { Field, Leading } from "@/parts/controls";
import { Confirm } from "@/parts/dialogs";
import { forget } from "@/parts/kept";
import { Section } from "@/parts/section";
import { account as said } from "@/words/account";

/** All that is known of somebody, to be taken along. */
export function Take() {
  return (
    <Section id="take" title={said.take} text={said.takeText}>
      <Leading href="/api/v1/auth/me/export" download className="self-start">
        {said.export}
      </Leading>
    </Section>
  );
}

/** The end of an account, and of all that is in it. */
export function Leave() {
  const [password, setPassword] = useState("");
  return (
    <Section id="leave" title={said.leave} text={said.leaveText}>
      <div>
        <Confirm
          trigger={said.leave}
          look="bad"
          title={said.leaveTitle}
          act={said.leaveAct}
          keep={said.leaveKeep}
          onOpen={() => setPassword("")}
          onAct={async () => {
            await authLeave({ body: { password: password || null }, throwOnError: true });
            forget();
            window.location.replace("/");
          }}
        >
          <p className="text-soft">{said.leaveText}</p>
          <Field
            label={said.leavePassword}
            hint={said.leaveHint}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        </Confirm>
      </div>
    </Section>
  );
}
