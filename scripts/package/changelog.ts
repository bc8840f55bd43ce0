/** What CHANGELOG.md says of one version. */

/** A release as the changelog has it. */
export interface Release {
  version: string;
  /** Day of the release, as YYYY-MM-DD. */
  date: string;
  /** What changed, Markdown. */
  notes: string;
}

/**
 * The section of a version, in the format of keepachangelog.com 1.1: `## [1.2.3] - 2026-11-26`.
 *
 * @throws when there is none, when it has no day, or when it says nothing.
 */
export function readRelease(changelog: string, version: string): Release {
  const sections = changelog.split(/^## /mu).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`));
  if (section === undefined)
    throw new Error(`CHANGELOG.md has no section “## [${version}] - YYYY-MM-DD”. Write one, or mend the version.`);
  const [heading = '', ...lines] = section.split('\n');
  const date = /^\[[^\]]+\] - (\d{4}-\d\d-\d\d)$/u.exec(heading.trim())?.[1];
  if (date === undefined || Number.isNaN(Date.parse(date)))
    throw new Error(`CHANGELOG.md: “## ${heading}” names no day. Write it as “## [${version}] - YYYY-MM-DD”.`);
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return { version, date, notes };
}
