import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Person } from '../../utils/help/model.ts';
import { say, type WordKey, type Words } from '../../utils/words/words.ts';

type Values = Omit<Person, 'id'>;
type Field = keyof Values;

const FIELDS = [
  { field: 'name', label: 'person_name', mode: 'text' },
  { field: 'phone', label: 'person_phone', mode: 'tel' },
  { field: 'email', label: 'person_email', mode: 'email' },
] as const satisfies { field: Field; label: WordKey; mode: string }[];

/** What is wrong with what was typed; empty when it can be saved. Phone and email may stay empty: a friend in a chat counts. */
function findMistakes({ name, phone, email }: Values): Partial<Record<Field, WordKey>> {
  const digits = phone.replace(/\D/gu, '').length;
  const isPhone = /^\+?[\d\s().-]+$/u.test(phone.trim()) && digits >= 3 && digits <= 15;
  return {
    ...(name.trim() === '' ? { name: 'person_name_missing' as const } : {}),
    ...(phone.trim() === '' || isPhone ? {} : { phone: 'person_phone_wrong' as const }),
    ...(email.trim() === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email.trim())
      ? {}
      : { email: 'person_email_wrong' as const }),
  };
}

interface PersonFormProps {
  words: Words;
  start: Values;
  onSave: (values: Values) => void;
  onCancel: () => void;
}

/** The form for one person; it opens by a press, so it may take the focus. */
export function PersonForm({ words, start, onSave, onCancel }: PersonFormProps) {
  const [values, setValues] = useState<Values>({ name: start.name, phone: start.phone, email: start.email });
  const [mistakes, setMistakes] = useState<Partial<Record<Field, WordKey>>>({});
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const focusOn = (field: Field) => form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();
  useEffect(() => focusOn('name'), []);

  const submit = (event: Event) => {
    event.preventDefault();
    const found = findMistakes(values);
    setMistakes(found);
    const wrong = FIELDS.find(({ field }) => found[field] !== undefined);
    if (wrong !== undefined) focusOn(wrong.field);
    else onSave({ name: values.name.trim(), phone: values.phone.trim(), email: values.email.trim() });
  };

  return (
    <form ref={form} class="panel stack wide" noValidate onSubmit={submit}>
      {FIELDS.map(({ field, label, mode }) => {
        const mistake = mistakes[field];
        return (
          <div key={field} class="stack field">
            <label for={`${id}-${field}`}>{say(words, label)}</label>
            <input
              id={`${id}-${field}`}
              name={field}
              type="text"
              inputMode={mode}
              autocomplete="off"
              // Some browsers send what is typed to a spelling service.
              spellcheck={false}
              maxLength={120}
              value={values[field]}
              aria-invalid={mistake !== undefined}
              aria-describedby={`${id}-${field}-wrong`}
              onInput={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
            />
            <p id={`${id}-${field}-wrong`} class="mistake" aria-live="polite">
              {mistake === undefined ? '' : say(words, mistake)}
            </p>
          </div>
        );
      })}
      <div class="row">
        <button type="submit" class="primary">
          {say(words, 'person_save')}
        </button>
        <button type="button" onClick={onCancel}>
          {say(words, 'person_cancel')}
        </button>
      </div>
    </form>
  );
}
