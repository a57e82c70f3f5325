import { resolve } from 'node:path';
import { z } from 'zod';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const origin = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
  }, 'must be an address such as https://room.example.org, without a path')
  .transform((text) => new URL(text).origin);

/** Every environment variable that the server reads. The descriptions are what the README lists. */
export const envSchema = z.object({
  PORT: wholeNumber(0, 65_535).prefault('3000').describe('The port to listen on. 0 takes any free port.'),
  HOST: z
    .string()
    .min(1, 'must name an interface such as 127.0.0.1 or 0.0.0.0')
    .prefault('127.0.0.1')
    .describe(
      'The interface to listen on. The default is reached from this machine alone (and by a reverse proxy on it); 0.0.0.0 lets the network in.',
    ),
  DATA_DIR: z
    .string()
    .min(1, 'must name a folder')
    .prefault('data')
    .transform((path) => resolve(path))
    .describe('The folder that holds everything which must survive. It is made when it is missing.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, silent',
    })
    .prefault('info')
    .describe('How much is logged: fatal, error, warn, info, debug or silent.'),
  PUBLIC_ORIGIN: origin
    .optional()
    .describe(
      'The address people type, such as https://room.example.org. Needed behind a proxy that changes the Host header; used for links in exports and for origin checks.',
    ),
  TRUSTED_PROXIES: wholeNumber(0, 9)
    .prefault('0')
    .describe(
      'How many reverse proxies stand in front and append to X-Forwarded-For. 0 believes no forwarded header at all.',
    ),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 characters of plain ASCII without spaces')
    .optional()
    .describe(
      'Who sends this as a Bearer token is shown /metrics, in the text format of Prometheus. Without it there is no such address.',
    ),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], { error: 'must be production, development or test' })
    .prefault('production')
    .describe('production serves built pages, development reloads them as they are edited.'),
});
export type Env = z.infer<typeof envSchema>;

/** Reads the environment; an empty variable counts as unset. A wrong value gives a sentence that names its variable. */
export function readEnv(
  source: Record<string, string | undefined>,
): { ok: true; env: Env } | { ok: false; message: string } {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = envSchema.safeParse(set);
  if (parsed.success) return { ok: true, env: parsed.data };
  const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  return { ok: false, message: sentences.join(' ') };
}
