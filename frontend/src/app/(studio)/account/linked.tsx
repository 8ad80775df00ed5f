"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { authUnlink } from "@/client";
import { authLinkedOptions } from "@/client/@tanstack/react-query.gen";
import { Confirm } from "@/parts/dialogs";
import { Trouble } from "@/parts/problem";
import { Row, Section } from "@/parts/section";
import { account as said } from "@/words/account";

/** By whom somebody signs in besides their password. */
export function Linked() {
  const client = useQueryClient();
  const linked = useQuery(authLinkedOptions());
  return (
    <Section id="linked" title={said.linked}>
      <Trouble error={linked.error} again={() => void linked.refetch()} />
      {linked.data?.length === 0 && <p className="text-soft">{said.noLinked}</p>}
      <ul>
        {linked.data?.map((one) => {
          const name = said.providers[one.provider] ?? one.provider;
          return (
            <Row key={one.provider}>
              <span className="break-all">{said.linkedText(name, one.email)}</span>
              <Confirm
                trigger={said.unlink}
                label={said.unlinkOf(name)}
                triggerClass="text-sm"
                title={said.unlinkTitle(name)}
                act={said.unlink}
                keep={said.keep}
                onAct={async () => {
                  await authUnlink({ path: { provider: one.provider }, throwOnError: true });
                  await client.invalidateQueries({ queryKey: authLinkedOptions().queryKey });
                }}
              >
                <p className="text-soft">{said.unlinkText}</p>
              </Confirm>
            </Row>
          );
        })}
      </ul>
    </Section>
  );
}
