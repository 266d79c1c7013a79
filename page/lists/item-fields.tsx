/** The fields of an item; each may be taken to be otherwise by a click on it. */

import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { shortened, valueText } from '../shared/format.ts';
import { fields, modelsShown } from './asking.ts';
import { change, present } from './history.ts';
import { type FieldValue, setField } from './list-state.ts';
import { isRead, useFields } from './one-item.ts';
import { readTyped } from './read-typed.ts';

/** Fields that stand on a card; the others are behind a button. */
const FEW = 4;

export function ItemFields({ id, name }: { readonly id: string; readonly name: string }): JSX.Element {
  const [showsAll, setShowsAll] = useState(false);
  const { taken, changed } = useFields(id);
  const names = [...new Set([...Object.keys(taken), ...Object.keys(changed)])].sort(
    (a, b) => Number(isRead(b)) - Number(isRead(a)),
  );
  const told = showsAll ? names : names.slice(0, FEW);
  return (
    <div class="fields">
      {told.map((field) => (
        <Field
          key={field}
          id={id}
          item={name}
          field={field}
          value={taken[field]}
          isChanged={Object.hasOwn(changed, field)}
        />
      ))}
      {names.length > FEW && (
        <button type="button" class="plain chip" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'fewer' : `${names.length - FEW} more`}
        </button>
      )}
    </div>
  );
}

interface FieldProps {
  readonly id: string;
  readonly item: string;
  readonly field: string;
  readonly value: FieldValue | undefined;
  readonly isChanged: boolean;
}

function Field({ id, item, field, value, isChanged }: FieldProps): JSX.Element {
  const [draft, setDraft] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const refusal = useId();
  const button = useRef<HTMLButtonElement>(null);
  // Its going away takes the focus from the input, which then ends a second time.
  const isEnded = useRef(false);
  const text = value === undefined ? 'none' : valueText(value);
  const known = useComputed(() => fields.value.get(id)?.[field]).value;
  const isOff = !isRead(field);
  const begun = value === undefined ? '' : valueText(value);
  const close = (): void => {
    isEnded.current = true;
    setDraft(undefined);
    requestAnimationFrame(() => button.current?.focus());
  };
  /** What cannot be read is told, and asked of nobody. */
  const take = (next: string): boolean => {
    if (next === begun) return true;
    const read = readTyped(next, { scope: 'item', name: field, known }, modelsShown.peek());
    if ('refused' in read) {
      setRefused(read.refused);
      return false;
    }
    const { value: meant = null } = read;
    const isKnown = known === undefined ? meant === null : meant !== null && valueText(meant) === valueText(known);
    change(setField(present.peek(), id, field, isKnown ? undefined : meant));
    return true;
  };
  const told = refused !== undefined && (
    <span class="refused small" role="alert" id={refusal}>
      {refused}
    </span>
  );
  if (draft !== undefined)
    return (
      <>
        <label class="chip editing">
          {shortened(field, 24)}
          <input
            value={draft}
            aria-label={`${field} of ${item}`}
            aria-invalid={refused !== undefined}
            aria-describedby={refused === undefined ? undefined : refusal}
            ref={(input) => {
              if (input && document.activeElement !== input) {
                input.focus();
                input.select();
              }
            }}
            onInput={(event) => {
              setRefused(undefined);
              setDraft(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === 'Enter' && take(event.currentTarget.value)) close();
              if (event.key === 'Escape') {
                setRefused(undefined);
                close();
              }
            }}
            onBlur={(event) => {
              if (isEnded.current) return;
              take(event.currentTarget.value);
              close();
            }}
          />
        </label>
        {told}
      </>
    );
  return (
    <>
      <button
        type="button"
        ref={button}
        class={`chip ${isChanged ? 'changed' : ''} ${isOff ? 'off' : ''}`}
        title={
          isOff
            ? 'This model does not read this field: changing it changes nothing'
            : 'Click to ask: what if it were otherwise? Leave it empty to ask: what if nobody knew it?'
        }
        onClick={() => {
          isEnded.current = false;
          setRefused(undefined);
          setDraft(begun);
        }}
      >
        <span class="soft">{shortened(field, 24)}</span> <bdi>{shortened(text, 40)}</bdi>
        {isChanged && known !== undefined && (
          <>
            {' '}
            <span class="hidden">in truth </span>
            <s class="soft">{shortened(valueText(known), 20)}</s>
          </>
        )}
        <span class="hidden"> of {item}; edit</span>
      </button>
      {told}
    </>
  );
}
