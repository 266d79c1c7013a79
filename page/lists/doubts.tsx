/** What is odd about the list, in the words of the server. */
import type { JSX } from 'preact';
import { shortened } from '../shared/format.ts';
import { now } from './asking.ts';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function Doubts(): JSX.Element | null {
  const { warnings = [], asOf } = now.value ?? {};
  if (warnings.length === 0 && asOf === undefined) return null;
  return (
    <ul class="notice warn doubts small">
      {asOf !== undefined && (
        <li>
          The list is from before the latest event that the model knows: it is answered as of {WHEN.format(asOf)}.
        </li>
      )}
      {warnings.map((warning) => (
        <li key={warning}>{shortened(warning, 400)}</li>
      ))}
    </ul>
  );
}
