import { inProject } from './project.mjs';

/**
 * What Node is given to run the server. By itself V8 lets the two halves of its nursery grow to 67 MB each, and keeps them: more
 * than two hundred rooms need. With 16 MB each the process is 80 to 100 MB smaller, and a command costs 2 to 14 % more under
 * the greatest load (`npm run bench -- --scene memory --scene durable-one`).
 */
export const serverArguments = ['--max-semi-space-size=16', inProject('server', 'index.ts')];
