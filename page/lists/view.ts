/** Which of its two links the page was opened by: the list first, or the comparison. The address keeps it beside the list. */
import { signal } from '@preact/signals';

const COMPARING = /^#compare\b/;

export const isComparing = signal(COMPARING.test(location.hash));

/** A link that names no part of the page leaves it as it is. */
export function followHash(): void {
  if (/^#(?:lists|compare)\b/.test(location.hash)) isComparing.value = COMPARING.test(location.hash);
}
