/** By which the log knows a request. */
import { randomUUID } from 'node:crypto';

const SANE = /^[A-Za-z0-9._:/+=-]{1,128}$/;

/** The one that the client sent, where it is one that cannot break a log. */
export const requestIdOf = (sent: string | readonly string[] | undefined): string =>
  typeof sent === 'string' && SANE.test(sent) ? sent : randomUUID();
