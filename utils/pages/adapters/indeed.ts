import type { Adapter } from '../adapter.ts';

/** Indeed's job pages, now and before 2026. Facts: design/adapters.md 1.12 (September 2026). */
export const indeed: Adapter = {
  id: 'indeed',
  name: 'Indeed',
  hosts: ['*.indeed.com'],
  paths: ['/'],
  surface: 'job',
  roots: ['body'],
  row: {
    select: '#jobsearch-ViewjobPaneWrapper, [data-testid="viewjob-main-content"], #jobDescriptionText',
    not: '#jobsearch-ViewjobPaneWrapper *, [data-testid="viewjob-main-content"] *',
    watch: [],
    id: [
      { op: 'url-query', name: 'vjk' },
      { op: 'url-query', name: 'jk' },
    ],
  },
  text: [{ op: 'text' }],
  all: [
    '[data-testid="vj-job-title"]',
    '[data-testid="company-info-metadata"]',
    '[data-testid="vj-job-description-heading"] + *',
    '#jobDescriptionText',
  ],
  drop: [],
  composer: ['textarea', 'input'],
  direction: [],
  conversation: [
    { op: 'url-query', name: 'vjk' },
    { op: 'url-query', name: 'jk' },
  ],
  examples: ['https://vn.indeed.com/viewjob?jk=1a2b', 'https://www.indeed.com/jobs?vjk=1a2b'],
};
