import { spawn } from 'node:child_process';
import { projectDir } from './project.mjs';

const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program to its end with our standard streams; resolves with its exit code. When we are told to end, both do. */
export function run(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: projectDir, stdio: 'inherit', env });
    const stop = (signal) => {
      child.once('exit', () => process.exit(1));
      child.kill(signal);
    };
    for (const signal of endSignals) process.on(signal, stop);
    child.once('error', reject);
    child.once('exit', (code) => {
      for (const signal of endSignals) process.off(signal, stop);
      resolve(code ?? 1);
    });
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
  for (const signal of endSignals) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code) => process.exit(code ?? 1));
}
