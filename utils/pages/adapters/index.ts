/** Every adapter of the package. */
import type { Adapter } from '../adapter.ts';
import { discord } from './discord.ts';
import { facebook } from './facebook.ts';
import { indeed } from './indeed.ts';
import { instagram } from './instagram.ts';
import { linkedinJobs, linkedinMessages } from './linkedin.ts';
import { messenger } from './messenger.ts';
import { telegramA, telegramK } from './telegram.ts';
import { tiktok } from './tiktok.ts';
import { topcv } from './topcv.ts';
import { whatsapp } from './whatsapp.ts';
import { xChat, xPosts } from './x.ts';
import { zalo } from './zalo.ts';

export const ADAPTERS: readonly Adapter[] = [
  zalo,
  messenger,
  facebook,
  instagram,
  tiktok,
  discord,
  telegramK,
  telegramA,
  whatsapp,
  xChat,
  xPosts,
  linkedinMessages,
  linkedinJobs,
  indeed,
  topcv,
];
