import { z } from 'zod';

/** Which way a text runs. */
export const directionSchema = z.enum(['ltr', 'rtl']);
export type Direction = z.infer<typeof directionSchema>;
