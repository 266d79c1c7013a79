import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface PackageJson {
  readonly version: string;
}

/** Of this program and of what its numbers depend on. */
export function versions(): { readonly slatewise: string; readonly node: string; readonly 'onnxruntime-node': string } {
  const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as PackageJson;
  const runtime = createRequire(import.meta.url)('onnxruntime-node/package.json') as PackageJson;
  return { slatewise: own.version, node: process.versions.node, 'onnxruntime-node': runtime.version };
}

/** The same on one line, for a protocol. */
export const versionsLine = (): string =>
  Object.entries(versions())
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
