/** Which bodies are read, and how: JSON, and what `curl -d` sends on the routes of Metarank's clients. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkDepth, parseJson, parseJsonLines, textOf } from '../access/json-text.ts';
import type { AccessKey } from '../access/keys.ts';
import { checkForm, FORM_TYPE, otherType } from '../access/origin.ts';
import { HttpFault } from '../wire/http-fault.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes what Metarank's clients send. */
    isMetarank?: boolean;
    takesBody?: boolean;
  }
}

export function addBodyParsers(app: FastifyInstance, keys: readonly AccessKey[]): void {
  app.removeAllContentTypeParsers();
  const read = async (request: FastifyRequest, bytes: Buffer): Promise<unknown> => {
    if (bytes.length === 0 && request.routeOptions.config.takesBody !== true) return undefined;
    if (bytes.length === 0)
      throw new HttpFault('not-json', 'the body: expected JSON, found nothing; send what JSON.stringify gives');
    checkDepth(bytes);
    const text = textOf(bytes);
    return isMetarank(request) ? parseJsonLines(text) : parseJson(text);
  };
  app.addContentTypeParser<Buffer>(['application/json', FORM_TYPE], { parseAs: 'buffer' }, read);
  // Before a byte of the body is read.
  app.addHook('preParsing', (request, _, payload, next) => {
    if (request.method === 'GET' || !(request.headers['content-type'] ?? '').toLowerCase().startsWith(FORM_TYPE))
      return next(null, payload);
    if (!isMetarank(request)) throw otherType();
    checkForm(request.headers, keys.length > 0);
    next(null, payload);
  });
}

const isMetarank = (request: FastifyRequest): boolean => request.routeOptions.config.isMetarank === true;
