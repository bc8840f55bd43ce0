import type { Adapter } from '../adapter.ts';

/** TopCV job pages. Facts: design/adapters.md 1.12 (April 2026). The advertisement is judged as a whole. */
export const topcv: Adapter = {
  id: 'topcv',
  name: 'TopCV',
  hosts: ['www.topcv.vn'],
  paths: ['/viec-lam/'],
  surface: 'job',
  roots: ['body'],
  row: {
    select: '.job-detail__wrapper, .job-detail, #premium-job, main',
    watch: [],
    id: [{ op: 'url-segment', after: '/viec-lam/' }],
  },
  text: [{ op: 'text' }],
  drop: ['nav', 'header', 'footer', 'aside', 'form', '.job-related', '.box-job-similar'],
  composer: ['textarea', 'input'],
  direction: [],
  conversation: [{ op: 'url-segment', after: '/viec-lam/' }],
  examples: ['https://www.topcv.vn/viec-lam/nhan-vien-kho/1.html'],
};
