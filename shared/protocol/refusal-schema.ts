import { z } from 'zod';
import { refusalCodes } from './refusal.ts';

export const refusalCodeSchema = z.enum(refusalCodes);
