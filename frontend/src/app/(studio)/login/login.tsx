"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Form } from "react-aria-components";
import { authLoginMutation, authProvidersOptions, authRegisterMutation } from "@/client/@tanstack/react-query.gen";
import { Button, Field, Leading } from "@/parts/controls";
import { Door } from "@/parts/door";
import { nextPlace } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { words } from "@/words";

const said = words.login;

/** The door: who has an account comes in, who has none makes one. */
export function Login() {
  const [isNew, setNew] = useState(false);
  useEffect(() => setNew(new URLSearchParams(window.location.search).has("new")), []);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({ ...authLoginMutation(), onSuccess: () => window.location.assign(nextPlace()) });
  const join = useMutation(authRegisterMutation());
  const asked = isNew ? join : enter;

  function submit(event: FormEvent) {
    event.preventDefault();
    asked.mutate({ body: { email, password } });
  }

  if (join.isSuccess)
    return (
      <Door title={said.posted}>
        <p role="status" className="text-lg text-soft">
          {said.postedText(email)}
        </p>
      </Door>
    );
  return (
    <Door title={isNew ? said.joinTitle : said.enterTitle}>
      <Form onSubmit={submit} className="flex flex-col gap-5">
        <Field label={said.email} type="email" name="email" autoComplete="username" isRequired value={email} onChange={setEmail} maxLength={254} />
        <Field
          label={said.password}
          type="password"
          name="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          isRequired
          minLength={isNew ? 10 : 1}
          value={password}
          onChange={setPassword}
          hint={isNew ? said.passwordHint : undefined}
        />
        <Trouble error={asked.error} />
        <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
          <Button type="submit" look="lamp" isPending={asked.isPending}>
            {isNew ? said.join : said.enter}
          </Button>
          {!isNew && (
            <a href="/login/reset" className="text-sm text-soft underline decoration-line underline-offset-[6px] hover:text-ink">
              {said.forgot}
            </a>
          )}
        </div>
      </Form>
      <Providers />
      <p className="flex items-center gap-3 border-t border-line pt-6 text-soft">
        {isNew ? said.isKnown : said.isNew}
        <Button
          look="quiet"
          onPress={() => {
            setNew(!isNew);
            enter.reset();
            join.reset();
          }}
        >
          {isNew ? said.enter : said.join}
        </Button>
      </p>
    </Door>
  );
}

function Providers() {
  const providers = useQuery(authProvidersOptions());
  if (!providers.data?.length) return null;
  return (
    <div className="flex flex-wrap gap-3">
      {providers.data.map((one) => (
        <Leading key={one.provider} href={`${one.start}?next=/dashboard`}>
          {said.by(said.providers[one.provider] ?? one.provider)}
        </Leading>
      ))}
    </div>
  );
}
