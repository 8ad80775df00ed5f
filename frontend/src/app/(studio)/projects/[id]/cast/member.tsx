"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { castChange, castDelete, castMerge, type MemberShown } from "@/client";
import { Area } from "@/parts/area";
import { Button, Field } from "@/parts/controls";
import { Confirm, Sheet } from "@/parts/dialogs";
import { useKept } from "@/parts/kept";
import { Pick } from "@/parts/pick";
import { isProblem, Trouble } from "@/parts/problem";
import { cast as said } from "@/words/cast";
import { Pictures } from "./pinned";

interface SheetProps {
  project: string;
  member: MemberShown;
  others: MemberShown[];
  onChanged: () => Promise<unknown>;
  onClose: () => void;
}

/** Somebody of the cast: names, looks, pictures, and who else they are. */
export function MemberSheet({ project, member, others, onChanged, onClose }: SheetProps) {
  const path = { project_id: project, member_id: member.member_id };
  const headers = { "if-match": `"${member.version}"` };
  return (
    <Sheet title={member.name} isOpen onClose={onClose}>
      <Words project={project} member={member} onChanged={onChanged} onClose={onClose} />
      <Pictures project={project} member={member} onChanged={onChanged} />
      {others.length > 0 && <Merge member={member} project={project} others={others} onChanged={onChanged} />}
      <div className="mt-auto border-t border-line pt-4">
        <Confirm
          trigger={said.remove}
          title={said.removeTitle(member.name)}
          act={said.remove}
          keep={said.close}
          onAct={async () => {
            await castDelete({ path, headers, throwOnError: true });
            onClose();
            await onChanged();
          }}
        >
          <p className="text-soft">{said.removeText}</p>
        </Confirm>
      </div>
    </Sheet>
  );
}

interface WordsProps {
  project: string;
  member: MemberShown;
  onChanged: () => Promise<unknown>;
  onClose: () => void;
}

function Words({ project, member, onChanged, onClose }: WordsProps) {
  const id = member.member_id;
  const [name, setName] = useKept(`${id} name`, () => member.name);
  const [aliases, setAliases] = useKept(`${id} aliases`, () => member.aliases.join(", "));
  const [description, setDescription] = useKept(`${id} description`, () => member.description);
  const [age, setAge] = useKept(`${id} age`, () => (member.age === null ? "" : String(member.age)));
  const [sex, setSex] = useKept<string>(`${id} sex`, () => (member.female === null ? "" : member.female ? "female" : "male"));
  const isAge = age.trim() === "" || (/^\d{1,3}$/.test(age.trim()) && Number(age) <= 130);
  const save = useMutation({
    mutationFn: async () => {
      await castChange({
        path: { project_id: project, member_id: member.member_id },
        headers: { "if-match": `"${member.version}"` },
        body: {
          ...(name.trim() === member.name ? {} : { name }),
          ...(aliases === member.aliases.join(", ") ? {} : { aliases: listed(aliases) }),
          description,
          age: age.trim() ? Number(age) : null,
          female: sex ? sex === "female" : null,
        },
        throwOnError: true,
      });
    },
    onSuccess: async () => {
      onClose();
      await onChanged();
    },
  });
  const isElsewhere = isProblem(save.error) && save.error.status === 412;
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-6">
      <Field label={said.name} value={name} onChange={setName} isRequired maxLength={100} />
      <Field label={said.aliases} hint={said.aliasesHint} value={aliases} onChange={setAliases} />
      <Area label={said.description} hint={said.descriptionHint} value={description} onChange={setDescription} maxLength={2000} />
      <div className="flex flex-wrap gap-x-8 gap-y-6">
        <Field
          label={said.age}
          inputMode="numeric"
          value={age}
          onChange={setAge}
          isInvalid={!isAge}
          hint={isAge ? undefined : said.ageWrong}
        />
        <Pick label={said.sex} options={said.sexes} value={sex} onChange={setSex} />
      </div>
      {member.looks && (
        <p className="text-sm text-soft">
          {said.painted}: {member.looks}
        </p>
      )}
      {isElsewhere ? (
        <div role="alert" className="flex flex-col items-start gap-3 border-l-2 border-bad py-1 pl-4">
          <p>{said.elsewhere}</p>
          <Button onPress={() => void onChanged()}>{said.look}</Button>
        </div>
      ) : (
        <Trouble error={save.error} />
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="lamp" isDisabled={!isAge} isPending={save.isPending}>
          {said.save}
        </Button>
        <Button onPress={onClose}>{said.close}</Button>
      </div>
    </Form>
  );
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

interface MergeProps {
  project: string;
  member: MemberShown;
  others: MemberShown[];
  onChanged: () => Promise<unknown>;
}

function Merge({ project, member, others, onChanged }: MergeProps) {
  const [other, setOther] = useState("");
  const merge = useMutation({
    mutationFn: async () => {
      const path = { project_id: project, member_id: member.member_id };
      await castMerge({ path, headers: { "if-match": `"${member.version}"` }, body: { other }, throwOnError: true });
    },
    onSuccess: onChanged,
  });
  return (
    <section className="flex flex-col items-start gap-3 border-t border-line pt-6">
      <Pick
        label={said.merge}
        options={others.map((one) => ({ id: one.member_id, name: one.name }))}
        value={other}
        onChange={setOther}
      />
      <p className="text-sm text-soft">{said.mergeText}</p>
      <Trouble error={merge.error} />
      <Button isDisabled={!other} isPending={merge.isPending} onPress={() => merge.mutate()}>
        {said.mergeAct}
      </Button>
    </section>
  );
}
