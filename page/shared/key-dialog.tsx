/** Asks for the key of a server that needs one. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { keyFault, useKey } from './server.ts';

export function KeyDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [given, setGiven] = useState('');
  const fault = keyFault.value;
  useEffect(() => {
    if (fault !== undefined && !dialog.current?.open) dialog.current?.showModal();
    if (fault === undefined) dialog.current?.close();
  }, [fault]);
  return (
    <dialog ref={dialog} aria-labelledby="key-title" onCancel={(event) => event.preventDefault()}>
      <form
        class="stack"
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (given.trim() === '') return;
          useKey(given.trim());
          setGiven('');
        }}
      >
        <h2 id="key-title">This server asks for a key</h2>
        <p class="soft">{fault}</p>
        <label class="field">
          Key
          <input
            type="password"
            name="key"
            autocomplete="off"
            spellcheck={false}
            value={given}
            onInput={(event) => setGiven(event.currentTarget.value)}
          />
        </label>
        <p class="soft small">
          It is kept in this tab until you close it. The dashboard needs a key for admin and rank; lists need rank. Make
          one with <code>npx slatewise serve --new-key rank,admin</code>.
        </p>
        <button type="submit" class="main" disabled={given.trim() === ''}>
          Go on
        </button>
      </form>
    </dialog>
  );
}
