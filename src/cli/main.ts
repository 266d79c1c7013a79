#!/usr/bin/env node
import { run } from './program.ts';
import { guardStandardStreams } from './standard-streams.ts';

guardStandardStreams();
process.exitCode = await run(process.argv.slice(2));
