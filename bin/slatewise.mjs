#!/usr/bin/env node
// The command `slatewise`. It is part of the repository, so that it can be run, and says what to do, before anything is built.
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write(
    'error: slatewise: expected a build in dist, found none; run npm ci in the folder of its package.json\n',
  );
  process.exitCode = 1;
}
