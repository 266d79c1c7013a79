/** Pages of elsewhere, whose browsers send some requests without asking for leave. A key tells them from clients: they have none. */
import type { IncomingHttpHeaders } from 'node:http';
import { HttpFault } from '../wire/http-fault.ts';

/** Whether a page sent it that was not loaded from here. Browsers tell so; other clients say nothing. */
function isElsewhere({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (origin !== undefined) return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
  return site === 'cross-site' || site === 'same-site';
}

/** Throws `HttpFault` for what a page of elsewhere sends to a server without keys, unless pages of its origin may ask. */
export function checkOrigin(headers: IncomingHttpHeaders, origins: readonly string[]): void {
  if (!isElsewhere(headers) || (headers.origin !== undefined && origins.includes(headers.origin))) return;
  throw new HttpFault(
    'other-origin',
    'the header origin: expected no page of elsewhere, found one; allow it with --cors on the command line, or use keys',
  );
}

/** What `curl -d` sends; read as JSON on the routes of Metarank's clients. */
export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Throws `HttpFault` for a form that a page may have sent: with a key or without an origin none has. */
export function checkForm(headers: IncomingHttpHeaders, hasKey: boolean): void {
  if (hasKey || (headers.origin === undefined && !isElsewhere(headers))) return;
  throw new HttpFault(
    'other-origin',
    'the content type application/x-www-form-urlencoded: expected a key, or no page that sends it, found the header origin; send application/json',
  );
}

export const otherType = (): HttpFault =>
  new HttpFault(
    'other-type',
    'the header content-type: expected application/json, found another; send JSON, and say so',
  );
