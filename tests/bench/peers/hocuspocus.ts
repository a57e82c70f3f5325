import { Server } from '@hocuspocus/server';

/** Hocuspocus as its guide starts it, with nothing added: no database, no authentication, no logger. */
await new Server({ port: Number(process.env.PORT), address: '127.0.0.1', quiet: true }).listen();
