import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../utils/help/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { Confirm } from './Confirm.tsx';
import { PersonForm } from './PersonForm.tsx';

interface PeopleEditorProps {
  words: Words;
  people: Person[];
  on: {
    addPerson(person: Omit<Person, 'id'>): void;
    changePerson(person: Person): void;
    removePerson(id: string): void;
  };
}

const EMPTY = { name: '', phone: '', email: '' };

/** The people a teen trusts: add, change, remove. */
export function PeopleEditor({ words, people, on }: PeopleEditorProps) {
  const [edited, edit] = useState<string | 'new' | undefined>();
  const add = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (edited === undefined && wasEditing.current) add.current?.focus();
    wasEditing.current = edited !== undefined;
  }, [edited]);
  const done = () => edit(undefined);
  return (
    <>
      <p class="soft">{say(words, 'people_lead')}</p>
      {people.length === 0 && edited === undefined ? <p>{say(words, 'people_none')}</p> : null}
      <ul class="lines">
        {people.map((person) => (
          <li key={person.id}>
            {edited === person.id ? (
              <PersonForm
                words={words}
                start={person}
                onCancel={done}
                onSave={(values) => {
                  on.changePerson({ ...values, id: person.id });
                  done();
                }}
              />
            ) : (
              <PersonLine words={words} person={person} onEdit={() => edit(person.id)} onRemove={on.removePerson} />
            )}
          </li>
        ))}
      </ul>
      {edited === 'new' ? (
        <PersonForm
          words={words}
          start={EMPTY}
          onCancel={done}
          onSave={(values) => {
            on.addPerson(values);
            done();
          }}
        />
      ) : (
        <div>
          <button ref={add} type="button" class="primary" onClick={() => edit('new')}>
            {say(words, 'person_add')}
          </button>
        </div>
      )}
    </>
  );
}

interface PersonLineProps {
  words: Words;
  person: Person;
  onEdit: () => void;
  onRemove: (id: string) => void;
}

function PersonLine({ words, person, onEdit, onRemove }: PersonLineProps) {
  const ways = [person.phone, person.email].filter((way) => way !== '').join(' · ');
  return (
    <div class="line">
      <div>
        <p class="strong">{person.name}</p>
        {ways === '' ? null : <p class="small soft">{ways}</p>}
      </div>
      <button type="button" aria-label={`${say(words, 'person_edit')}: ${person.name}`} onClick={onEdit}>
        {say(words, 'person_edit')}
      </button>
      <Confirm
        words={words}
        ask={say(words, 'person_remove')}
        askName={`${say(words, 'person_remove')}: ${person.name}`}
        question={say(words, 'person_remove_sure', { name: person.name })}
        yes={say(words, 'person_remove')}
        onYes={() => onRemove(person.id)}
      />
    </div>
  );
}
