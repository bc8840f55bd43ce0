/** Sites beyond the named list, each asked for by a click: their content script is registered while the permission lasts. */
import { browser } from '../browser.ts';
import { SITE_MATCHES } from '../pages/sites.ts';

const ID = 'asked-for';

/** Brings the registered content script in line with the permissions that are there now. */
export async function registerAskedSites(): Promise<void> {
  const matches = await askedOrigins();
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [ID] });
  if (matches.length === 0) return;
  await browser.scripting.registerContentScripts([
    {
      id: ID,
      matches,
      js: ['content-scripts/page.js'],
      allFrames: true,
      runAt: 'document_idle',
      persistAcrossSessions: true,
    },
  ]);
}

/** The origins that were asked for and granted, without those of the manifest. */
export async function askedOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter(
    (origin) => !SITE_MATCHES.includes(origin) && !SITE_MATCHES.includes(origin.replace(/^https?:/, '*:')),
  );
}
