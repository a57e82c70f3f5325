import { registerHooks } from 'node:module';

/**
 * `@y/websocket-server` as its own start script runs it. What it asks npm for no longer fits together: its documents are
 * of `yjs` 14.0.0-16 and the functions that update them of `@y/y` 14.0.0-rc.7, so that every update fails. It gets the
 * Yjs 13 and y-protocols that the others here run on; its own source is untouched.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'yjs' || specifier === '@y/y') return next('yjs', { ...context, parentURL: import.meta.url });
    const protocol = /^@y\/protocols\/(?<name>\w+)$/.exec(specifier)?.groups?.name;
    if (protocol) return next(`y-protocols/${protocol}`, { ...context, parentURL: import.meta.url });
    return next(specifier, context);
  },
});

process.env.HOST = '127.0.0.1';
await import('@y/websocket-server/server');
