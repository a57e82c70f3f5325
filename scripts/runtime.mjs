import { existsSync } from 'node:fs';
import { inProject } from './project.mjs';

const NODE_MAJOR = 24;

/**
 * The Node that everything but the launcher runs on: this one if it is new enough, otherwise the one that was installed
 * with the project as a locked dependency.
 */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const brought = inProject('node_modules', `node-${platform}-${process.arch}`, 'bin', program);
  if (existsSync(brought)) return brought;
  throw new Error(
    `Lectern runs on Node ${NODE_MAJOR}. This is Node ${process.versions.node}, and no Node ${NODE_MAJOR} is brought ` +
      `along for ${process.platform} on ${process.arch}. Install Node ${NODE_MAJOR} from https://nodejs.org and start again.`,
  );
}
