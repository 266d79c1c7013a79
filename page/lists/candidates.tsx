/** Items that could stand on the list, and a search for more. */

import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { counted, shortened, valueText } from '../shared/format.ts';
import { faultOf, server } from '../shared/server.ts';
import { learn } from './asking.ts';
import { drag, moveByKey, saySize, startDrag } from './dragging.ts';
import { change, present, shown } from './history.ts';
import { dropCandidate, place, toggleExcluded } from './list-state.ts';
import { useFields, useName } from './one-item.ts';

export function Candidates(): JSX.Element {
  const candidates = useComputed(() => shown.value.candidates).value;
  const excluded = useComputed(() => shown.value.excluded).value;
  const items = useComputed(() => shown.value.items).value;
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly string[]>();
  const [told, setTold] = useState('');
  useEffect(() => {
    if (search.trim() === '') {
      setFound(undefined);
      setTold('');
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      server
        .peek()
        .items({ search: search.trim(), limit: 30 }, { signal: stop.signal })
        .then(({ items: all, isPartial }) => {
          learn(all);
          setFound(all.map(({ id }) => id));
          setTold(
            all.length === 0
              ? 'No item has this in its id or its fields.'
              : `${counted(all.length, 'item')}${isPartial ? ', and more' : ''}`,
          );
        })
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setTold(faultOf(error) ?? '');
        });
    }, 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [search]);
  const listed = (found ?? candidates).filter((id) => !items.includes(id));
  return (
    <section class="card" aria-labelledby="candidates-title">
      <header>
        <h2 id="candidates-title">Candidates</h2>
      </header>
      <label class="field">
        Search items
        <input
          type="search"
          value={search}
          placeholder="id, name or any field"
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </label>
      <p class="small soft" role="status">
        {told}
      </p>
      <ul id="candidate-list" class="pool" aria-label="Items that are not on the list">
        {listed.map((id) => (
          <Candidate key={id} id={id} isExcluded={excluded.includes(id)} isFound={!candidates.includes(id)} />
        ))}
      </ul>
      {listed.length === 0 && found === undefined && (
        <p class="soft small">None yet. Search for items, or drag one from the list to here.</p>
      )}
    </section>
  );
}

function Candidate({
  id,
  isExcluded,
  isFound,
}: {
  readonly id: string;
  readonly isExcluded: boolean;
  readonly isFound: boolean;
}): JSX.Element {
  const name = shortened(useName(id).value);
  const told = Object.entries(useFields(id).taken).slice(0, 3);
  const isDragged = useComputed(() => drag.value?.id === id).value;
  return (
    <li class={`candidate ${isExcluded ? 'excluded' : ''} ${isDragged ? 'dragged' : ''}`} data-candidate={id}>
      <button
        type="button"
        class="plain square handle"
        aria-label={`Move ${name} into the list`}
        title="Drag it into the list, or press Space and use the arrows"
        onPointerDown={(event) => startDrag(event, id)}
        onKeyDown={(event) => moveByKey(event, id)}
      >
        ⠿
      </button>
      <div class="name" onPointerDown={(event) => event.pointerType === 'mouse' && startDrag(event, id)}>
        <bdi>{name}</bdi>
        <span class="soft small">
          {told.map(([field, value]) => `${shortened(field, 16)} ${shortened(valueText(value), 24)}`).join(' · ')}
        </span>
      </div>
      <button
        type="button"
        aria-label={`Add ${name} to the list`}
        onClick={() => {
          change(place(present.peek(), id, present.peek().items.length));
          saySize();
        }}
      >
        Add
      </button>
      {isExcluded ? (
        <button
          type="button"
          class="plain"
          aria-label={`Allow ${name} again`}
          onClick={() => change(toggleExcluded(present.peek(), id))}
        >
          Allow
        </button>
      ) : (
        !isFound && (
          <button
            type="button"
            class="plain square"
            aria-label={`Forget ${name} as a candidate`}
            onClick={() => change(dropCandidate(present.peek(), id))}
          >
            ×
          </button>
        )
      )}
    </li>
  );
}
