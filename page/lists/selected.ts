import { signal } from '@preact/signals';

/** The item whose effects on the others are told. */
export const selected = signal<string | undefined>(undefined);
