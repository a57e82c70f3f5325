import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked by `npm run typecheck`, which covers the server and the tests as well.
  typescript: { ignoreBuildErrors: true },
  // A second lock file further up must not move the root of the project.
  turbopack: { root: import.meta.dirname },
};

export default config;
