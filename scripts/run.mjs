import { spawn } from 'node:child_process';
import { projectDir } from './project.mjs';

/** Runs a program to its end with our standard streams; resolves with its exit code (128 + n after a signal). */
export function run(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: projectDir, stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 128));
  });
}

/** The same, and a failure is an error that says what did not work. */
export async function runOrFail(what, program, args, env) {
  const code = await run(program, args, env);
  if (code !== 0) throw new Error(`${what} failed (exit code ${code}).`);
}

/** Runs a program until it ends or we are told to end; passes signals on and ends with its exit code. */
export function runUntilTold(program, args, env) {
  const child = spawn(program, args, { cwd: projectDir, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code) => process.exit(code ?? 1));
}
