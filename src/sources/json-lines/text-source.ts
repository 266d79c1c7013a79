import type { EventSource } from '../event-source.ts';
import { readText } from './read-text.ts';

/** An event log of JSON lines that lies in memory as one text: where there are no files, in a browser. */
export function textSource({ name, text }: { readonly name: string; readonly text: string }): EventSource {
  return {
    name,
    async *records(options = {}) {
      let line = 0;
      for (const each of text.split('\n')) {
        line++;
        const raw = each.endsWith('\r') ? each.slice(0, -1) : each;
        if (raw !== '') yield readText(raw, line, options);
      }
    },
  };
}
