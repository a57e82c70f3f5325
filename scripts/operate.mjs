import { resolve } from 'node:path';
import { inProject } from './project.mjs';
import { runUntilTold } from './run.mjs';
import { findNode } from './runtime.mjs';

/** Runs a command of the operator. Files are named from where the caller stands, not from where npm goes. */
export function operate(command) {
  const from = process.env.INIT_CWD ?? process.cwd();
  const files = process.argv.slice(2).map((file) => resolve(from, file));
  runUntilTold(findNode(), [inProject('server', 'operating', `${command}.ts`), ...files], process.env);
}
