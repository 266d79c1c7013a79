/** Who asks, about which list, and which model answers. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { shortened, valueText } from '../shared/format.ts';
import { server } from '../shared/server.ts';
import { models, modelsShown, start } from './asking.ts';
import { openStart } from './begin.ts';
import { ask, shown } from './history.ts';
import { readTyped } from './read-typed.ts';

/** Models that can answer at once. */
export const answering = (): readonly string[] =>
  (models.value?.models ?? []).filter(({ state }) => state !== 'on disk').map(({ name }) => name);

export function RequestForm(): JSX.Element {
  const { model, user } = shown.value;
  const lists = start.value?.lists ?? [];
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section class="request" aria-label="The request">
      <div class="row">
        {lists.length > 1 && (
          <label class="field">
            List
            <select onChange={(event) => openStart(Number(event.currentTarget.value))}>
              {lists.map((list, at) => (
                <option key={String(list.id ?? at)} value={at}>
                  {shortened(String(list.id ?? `list ${at + 1}`), 40)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          Model
          <select value={model} onChange={(event) => ask({ model: event.currentTarget.value })}>
            <option value="">{models.value ? `${models.value.active} (active)` : 'the active one'}</option>
            {answering().map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <UserField user={user} />
        <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Context
        </button>
      </div>
      {isOpen && <Context />}
    </section>
  );
}

/** A key for asking only may not look for users: their ids can be typed all the same. */
function UserField({ user }: { readonly user: string }): JSX.Element {
  const [found, setFound] = useState<readonly string[]>([]);
  const look = (search: string): void => {
    server
      .peek()
      .users({ search, limit: 20 })
      .then(
        ({ users }) => setFound(users.map(({ id }) => id)),
        () => setFound([]),
      );
  };
  return (
    <label class="field">
      User
      <input
        list="users"
        value={user}
        placeholder="nobody known"
        onFocus={() => look(user)}
        onInput={(event) => look(event.currentTarget.value)}
        onChange={(event) => ask({ user: event.currentTarget.value.trim() })}
      />
      <datalist id="users">
        {found.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </label>
  );
}

/** Fields of the list as a whole: those that the model reads, and those that the request has. */
function Context(): JSX.Element {
  const [refused, setRefused] = useState<string>();
  const { context, model } = shown.value;
  const known = models.value?.models.find(({ name }) => name === (model === '' ? models.value?.active : model));
  const names = Object.keys(known?.fields ?? {}).flatMap((field) =>
    field.startsWith('ranking.') ? [field.slice('ranking.'.length)] : [],
  );
  const all = [...new Set([...names, ...Object.keys(context)])];
  const set = (name: string, text: string): void => {
    const { [name]: known, ...others } = shown.peek().context;
    const read = readTyped(text, { scope: 'ranking', name, known }, modelsShown.peek());
    setRefused('refused' in read ? read.refused : undefined);
    if ('refused' in read) return;
    const { value } = read;
    ask({ context: value === undefined ? others : { ...others, [name]: value } });
  };
  if (all.length === 0) return <p class="soft small">This model reads no field of the list as a whole.</p>;
  return (
    <div class="row context">
      {all.map((name) => (
        <label class="field" key={name}>
          {shortened(name, 30)}
          <input
            value={context[name] === undefined ? '' : valueText(context[name])}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        </label>
      ))}
      {refused !== undefined && (
        <span class="refused small" role="alert">
          {refused}
        </span>
      )}
    </div>
  );
}
