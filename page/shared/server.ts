/** The server that this page came from, and the key that it is asked with: asked once, and kept for this tab. */
import { computed, signal } from '@preact/signals';
import { ClientError } from '../../src/serve/client/client-error.ts';
import { createClient, type ServerClient } from '../../src/serve/client/create-client.ts';

const STORED = 'slatewise key';

const stored = (): string => {
  try {
    return sessionStorage.getItem(STORED) ?? '';
  } catch {
    return '';
  }
};

export const key = signal(stored());

/** Why a key is needed, or another one; undefined where none is. */
export const keyFault = signal<string | undefined>(undefined);

/** Asks with the key; another one makes another. */
export const server = computed<ServerClient>(() =>
  createClient({
    url: location.origin,
    key: key.value === '' ? undefined : key.value,
    timeoutMs: 20_000,
    retries: 1,
    fetch: (input, init) => globalThis.fetch(input, init),
  }),
);

export function useKey(given: string): void {
  try {
    sessionStorage.setItem(STORED, given);
  } catch {
    // Without storage it lasts as long as the page.
  }
  keyFault.value = undefined;
  key.value = given;
}

const OF_KEYS = new Set(['key-missing', 'key-unknown']);

/** What went wrong, for people; undefined where it is only that the question is not wanted any more. */
export function faultOf(error: unknown): string | undefined {
  if (error instanceof DOMException && error.name === 'AbortError') return undefined;
  if (error instanceof ClientError) {
    if (OF_KEYS.has(error.code)) keyFault.value = error.message;
    return error.message;
  }
  return error instanceof Error ? error.message : String(error);
}
