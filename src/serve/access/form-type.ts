/** What `curl -d` sends as a form is read as JSON on the routes of Metarank's clients, where no page of elsewhere can have sent it. */
import type { IncomingHttpHeaders } from 'node:http';
import { HttpFault } from '../wire/http-fault.ts';

/** A browser sends a form to any place without asking; it tells whence, and has no key. */
export function checkForm(headers: IncomingHttpHeaders, hasKey: boolean): void {
  const site = headers['sec-fetch-site'];
  if (hasKey || (headers.origin === undefined && (site === undefined || site === 'none'))) return;
  throw new HttpFault(
    'other-origin',
    'the content type application/x-www-form-urlencoded: expected a key, or no page that sends it, found the header origin; send application/json',
  );
}

export const FORM_TYPE = 'application/x-www-form-urlencoded';

export const otherType = (): HttpFault =>
  new HttpFault(
    'other-type',
    'the header content-type: expected application/json, found another; send JSON, and say so',
  );
