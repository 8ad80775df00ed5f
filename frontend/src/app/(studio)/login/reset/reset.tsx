"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { authForgotMutation, authResetMutation } from "@/client/@tanstack/react-query.gen";
import { Button, Field, Leading } from "@/parts/controls";
import { Door } from "@/parts/door";
import { useSecret } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { words } from "@/words";

const said = words.login;

/** A forgotten password: without the letter's link it is asked for, with it another is set. */
export function Reset() {
  const secret = useSecret();
  if (secret === null) return <Door title={said.forgotTitle}>{null}</Door>;
  return secret ? <Another secret={secret} /> : <Ask />;
}

function Ask() {
  const [email, setEmail] = useState("");
  const ask = useMutation(authForgotMutation());
  function submit(event: FormEvent) {
    event.preventDefault();
    ask.mutate({ body: { email } });
  }
  if (ask.isSuccess)
    return (
      <Door title={said.posted}>
        <p role="status" className="text-lg text-soft">
          {said.postedText(email)}
        </p>
      </Door>
    );
  return (
    <Door title={said.forgotTitle}>
      <Form onSubmit={submit} className="flex flex-col gap-5">
        <p className="text-soft">{said.forgotText}</p>
        <Field label={said.email} type="email" autoComplete="username" isRequired value={email} onChange={setEmail} />
        <Trouble error={ask.error} />
        <Button type="submit" look="lamp" className="self-start" isPending={ask.isPending}>
          {said.ask}
        </Button>
      </Form>
    </Door>
  );
}

function Another({ secret }: { secret: string }) {
  const [password, setPassword] = useState("");
  const reset = useMutation(authResetMutation());
  function submit(event: FormEvent) {
    event.preventDefault();
    reset.mutate({ body: { token: secret, password } });
  }
  if (reset.isSuccess)
    return (
      <Door title={said.resetTitle}>
        <p role="status">{said.resetDone}</p>
        <Leading href="/login" look="lamp" className="self-start">
          {said.enter}
        </Leading>
      </Door>
    );
  return (
    <Door title={said.resetTitle}>
      <Form onSubmit={submit} className="flex flex-col gap-5">
        <p className="text-soft">{said.resetText}</p>
        <Field
          label={said.newPassword}
          type="password"
          autoComplete="new-password"
          isRequired
          minLength={10}
          hint={said.passwordHint}
          value={password}
          onChange={setPassword}
        />
        <Trouble error={reset.error} />
        <Button type="submit" look="lamp" className="self-start" isPending={reset.isPending}>
          {said.reset}
        </Button>
      </Form>
    </Door>
  );
}
