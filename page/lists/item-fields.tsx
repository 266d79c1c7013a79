/** The fields of an item; each may be taken to be otherwise by a click on it. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { shortened, valueText } from '../shared/format.ts';
import { fields, fieldsOf, models } from './asking.ts';
import { change, present, shown } from './history.ts';
import { type FieldValue, setField, typed } from './list-state.ts';

/** Fields that stand on a card; the others are behind a button. */
const FEW = 4;

/** Whether the model reads the field; where nobody knows, it may. */
function isRead(name: string): boolean {
  const { model } = shown.value;
  const known = models.value?.models.find((each) => each.name === (model === '' ? models.value?.active : model));
  const kind = known?.fields[`item.${name}`];
  return !known || Object.keys(known.fields).length === 0 || (kind !== undefined && kind !== 'ignored');
}

export function ItemFields({ id, name }: { readonly id: string; readonly name: string }): JSX.Element {
  const [showsAll, setShowsAll] = useState(false);
  const taken = fieldsOf(shown.value, id);
  const changed = shown.value.asIf[id] ?? {};
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
  const button = useRef<HTMLButtonElement>(null);
  // Its going away takes the focus from the input, which then ends a second time.
  const isEnded = useRef(false);
  const text = value === undefined ? 'none' : valueText(value);
  const known = fields.value.get(id)?.[field];
  const isOff = !isRead(field);
  const end = (next?: string): void => {
    if (isEnded.current) return;
    isEnded.current = true;
    setDraft(undefined);
    requestAnimationFrame(() => button.current?.focus());
    if (next === undefined || next === text) return;
    const meant = typed(next, known);
    const isKnown = meant !== undefined && known !== undefined && valueText(meant) === valueText(known);
    change(setField(present.peek(), id, field, isKnown || meant === undefined ? undefined : meant));
  };
  if (draft !== undefined)
    return (
      <label class="chip editing">
        {shortened(field, 24)}
        <input
          value={draft}
          aria-label={`${field} of ${item}`}
          ref={(input) => {
            if (input && document.activeElement !== input) {
              input.focus();
              input.select();
            }
          }}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') end(event.currentTarget.value);
            if (event.key === 'Escape') end();
          }}
          onBlur={(event) => end(event.currentTarget.value)}
        />
      </label>
    );
  return (
    <button
      type="button"
      ref={button}
      class={`chip ${isChanged ? 'changed' : ''} ${isOff ? 'off' : ''}`}
      title={
        isOff
          ? 'This model does not read this field: changing it changes nothing'
          : 'Click to ask: what if it were otherwise? Empty it to take it back'
      }
      onClick={() => {
        isEnded.current = false;
        setDraft(value === undefined ? '' : valueText(value));
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
  );
}
