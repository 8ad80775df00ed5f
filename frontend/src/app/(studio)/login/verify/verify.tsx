"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { authVerifyMutation } from "@/client/@tanstack/react-query.gen";
import { Button, Field } from "@/parts/controls";
import { Door } from "@/parts/door";
import { useSecret } from "@/parts/place";
import { Trouble } from "@/parts/problem";
import { words } from "@/words";

const said = words.login;

/** Where the letter leads: the address is confirmed with the password that was chosen. */
export function Verify() {
  const secret = useSecret();
  const [password, setPassword] = useState("");
  const verify = useMutation({ ...authVerifyMutation(), onSuccess: () => window.location.replace("/dashboard") });

  function submit(event: FormEvent) {
    event.preventDefault();
    verify.mutate({ body: { token: secret ?? "", password } });
  }

  return (
    <Door title={said.verifyTitle}>
      {secret === "" ? (
        <p role="alert">{said.noSecret}</p>
      ) : (
        <Form onSubmit={submit} className="flex flex-col gap-5">
          <p className="text-soft">{said.verifyText}</p>
          <Field label={said.password} type="password" autoComplete="current-password" isRequired value={password} onChange={setPassword} />
          <Trouble error={verify.error} />
          <Button type="submit" look="lamp" className="self-start" isPending={verify.isPending}>
            {said.verify}
          </Button>
        </Form>
      )}
    </Door>
  );
}
