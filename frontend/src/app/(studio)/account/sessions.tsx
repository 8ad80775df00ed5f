"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionShown } from "@/client";
import { authEndSessionMutation, authSessionsOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/parts/controls";
import { Trouble } from "@/parts/problem";
import { Row, Section } from "@/parts/section";
import { day, moment } from "@/parts/time";
import { account as said } from "@/words/account";
import { deviceOf } from "./device";

/** Where somebody is signed in: what is none of theirs is signed out there. */
export function Sessions() {
  const client = useQueryClient();
  const sessions = useQuery(authSessionsOptions());
  const end = useMutation({
    ...authEndSessionMutation(),
    onSuccess: () => client.invalidateQueries({ queryKey: authSessionsOptions().queryKey }),
  });
  return (
    <Section id="sessions" title={said.sessions}>
      <Trouble error={sessions.error ?? end.error} />
      <ul>
        {sessions.data?.map((session) => (
          <Session
            key={session.session_id}
            session={session}
            isPending={end.isPending}
            onEnd={() => end.mutate({ path: { session_id: session.session_id } })}
          />
        ))}
      </ul>
    </Section>
  );
}

function Session({ session, isPending, onEnd }: { session: SessionShown; isPending: boolean; onEnd: () => void }) {
  const device = deviceOf(session.device);
  return (
    <Row>
      <p>
        {device}
        <span className="block text-sm text-soft">
          {said.since(day(session.created_at))}, {said.used(moment(session.refreshed_at))}
        </span>
      </p>
      {session.current ? (
        <span className="text-sm text-good">{said.here}</span>
      ) : (
        <Button look="quiet" className="text-sm" aria-label={said.endOf(device)} isPending={isPending} onPress={onEnd}>
          {said.end}
        </Button>
      )}
    </Row>
  );
}
