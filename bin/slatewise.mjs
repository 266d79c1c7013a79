#!/usr/bin/env node
// The command `slatewise`. It is part of the repository, so that it can be run, and says what to do, before anything is built.
import { existsSync } from 'node:fs';
import module from 'node:module';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  // From Node 22.8 on, compiled code is kept between runs.
  module.enableCompileCache?.();
  await import(main.href);
} else {
  process.stderr.write(
    'error: slatewise: expected a build in dist, found none; run npm ci in the folder of its package.json\n',
  );
  process.exitCode = 1;
}
