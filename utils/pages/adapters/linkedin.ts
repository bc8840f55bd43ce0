import type { Adapter } from '../adapter.ts';

/** LinkedIn's messages. Facts: design/adapters.md 1.11 (2026). */
export const linkedinMessages: Adapter = {
  id: 'linkedin-messages',
  name: 'LinkedIn',
  hosts: ['www.linkedin.com'],
  paths: ['/messaging'],
  surface: 'chat',
  roots: [
    '.msg-s-message-list-content',
    '.msg-s-message-list',
    { host: '#interop-outlet', select: '.msg-s-message-list-content' },
    { host: '#interop-outlet', select: '.msg-s-message-list' },
    { host: '#interop-outlet', select: 'div' },
    'main',
  ],
  row: {
    select: '.msg-s-event-listitem[data-event-urn]',
    not: '[data-event-urn] [data-event-urn]',
    watch: ['data-event-urn'],
    id: [{ op: 'attribute', name: 'data-event-urn' }],
  },
  text: [{ op: 'text', select: '.msg-s-event-listitem__body' }],
  drop: [],
  composer: ['.msg-form', 'form'],
  sender: [{ op: 'text', select: '.msg-s-message-group__name' }],
  carriesSender: true,
  direction: [
    { op: 'inside', out: [], in: ['.msg-s-event-listitem--other'] },
    { op: 'inside', out: ['.msg-s-event-listitem'], in: [] },
  ],
  conversation: [{ op: 'url-segment', after: '/messaging/thread/' }],
  examples: ['https://www.linkedin.com/messaging/thread/2-abc/', 'https://www.linkedin.com/messaging/'],
};

/** LinkedIn's job pages, both layouts. Facts: design/adapters.md 1.11 (September 2026). */
export const linkedinJobs: Adapter = {
  id: 'linkedin-jobs',
  name: 'LinkedIn',
  hosts: ['www.linkedin.com'],
  paths: ['/jobs'],
  surface: 'job',
  roots: ['main', 'body'],
  row: {
    select: '[componentkey^="JobDetails_AboutTheJob_"], #job-details',
    watch: ['componentkey'],
    id: [{ op: 'attribute', name: 'componentkey', after: 'JobDetails_AboutTheJob_' }],
    // The pane of the job that was open before stays for a while.
    conversation: [{ op: 'attribute', name: 'componentkey', after: 'JobDetails_AboutTheJob_' }],
  },
  text: [{ op: 'text', select: '[data-testid="expandable-text-box"]' }, { op: 'text' }],
  drop: [],
  composer: ['textarea', 'input'],
  direction: [],
  conversation: [
    { op: 'url-segment', after: '/jobs/view/' },
    { op: 'url-query', name: 'currentJobId' },
  ],
  examples: ['https://www.linkedin.com/jobs/view/4001/', 'https://www.linkedin.com/jobs/search/?currentJobId=4001'],
};
