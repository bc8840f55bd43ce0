/** A publisher's desk for tests: a working folder with drill keys, a few rules, and a folder that a web server shows. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { Updater } from 'tuf-js';
import type { Command } from '../../../../../rules/cli/feed/args.ts';
import { createRepository, openWork, type Work } from '../../../../../rules/cli/feed/api.ts';
import { build } from '../../../../../rules/cli/feed/commands/build.ts';
import { check } from '../../../../../rules/cli/feed/commands/check.ts';
import { publish } from '../../../../../rules/cli/feed/commands/publish.ts';
import { sign } from '../../../../../rules/cli/feed/commands/sign.ts';
import { OWN_PACKS } from '../../../../../rules/cli/packs.ts';

/** The day on which the tests take place, unless they say otherwise. */
export const DAY = '2026-11-26T08:00:00Z';

export interface Desk {
  folder: string;
  work: () => Work;
  packs: string;
  /** What the web server shows. */
  site: string;
  close: () => void;
}

/** Begins a drill with the rules of two categories. */
export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'beside-feed-'));
  const [work, packs, site] = ['work', 'packs', 'site'].map((name) => join(folder, name)) as [string, string, string];
  for (const language of ['vi', 'en'])
    for (const part of ['signals', 'words', 'texts.yml', 'prize'])
      cpSync(join(OWN_PACKS, language, part), join(packs, language, part), { recursive: true });
  createRepository(work, { drill: true, now: new Date(DAY) });
  return {
    folder,
    work: () => openWork(work),
    packs,
    site,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a command as somebody at the desk; what it says is in `said`, what it refuses is thrown. */
export async function at(
  { work, packs }: Desk,
  command: Command,
  ...args: string[]
): Promise<{ status: number; said: string }> {
  let said = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    const rules =
      command === check || (command === build && !args.some((arg) => /^--(?:keep|kill|unkill|resign)$/.test(arg)));
    const now = args.includes('--now') ? [] : ['--now', DAY];
    const all = [...args, '--work', work().folder, ...now, ...(rules ? ['--packs', packs] : [])];
    return { status: await command.run(all), said };
  } finally {
    spy.mockRestore();
  }
}

/** Signs everything that a signer may. */
export async function signAs(desk: Desk, signer: string): Promise<void> {
  await at(desk, sign, 'all', '--key', join(desk.work().folder, 'keys', signer));
}

/** Checks, builds, has it signed by two and publishes it. */
export async function release(desk: Desk, ...options: string[]): Promise<void> {
  await at(desk, check);
  await at(desk, build, ...options);
  await signAs(desk, 'an');
  await signAs(desk, 'binh');
  await at(desk, publish, desk.site);
}

/** A rule file of the desk's packs. */
export const PRIZE = 'vi/prize/fee-before-the-prize.yml';

/** Changes a file of the packs. */
export function edit({ packs }: Desk, file: string, change: (yaml: string) => string): void {
  const path = join(packs, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** tuf-js’s own updater on a feed, with a folder of its own. */
export function independentClient(folder: string, base: string, root: string): { updater: Updater; targets: string } {
  const [metadata, targets] = [join(folder, 'metadata'), join(folder, 'targets')];
  for (const one of [metadata, targets]) mkdirSync(one, { recursive: true });
  writeFileSync(join(metadata, 'root.json'), readFileSync(root));
  const updater = new Updater({
    metadataDir: metadata,
    metadataBaseUrl: `${base}metadata`,
    targetDir: targets,
    targetBaseUrl: `${base}targets`,
    config: { fetchRetry: 0 },
  });
  return { updater, targets };
}

/** A rule as it is written in a hurry: it leans on what the packs have. */
export const HOT_RULE = `title: Small tasks by a new app, and then a deposit
id: 0f2b7c1e-4a57-4d0e-9b0a-6a1f4a7c2d10
status: experimental
level: warning
category: task-scam
languages: [vi]
surfaces: [chat]
date: 2026-11-25
references: [https://example.org/small-tasks]
falsepositives: [friends who ask for likes]
detection:
  task:
    - (thả tim|đánh giá|xem video) ~6 {money}
  deposit:
    - (nạp|đóng|cọc) ~3 ({money}|tiền|phí) ~6 (nhận|rút|làm tiếp)
  reporting: { signal: warns-about-tricks }
  condition: task and deposit and not reporting
  within: 12 messages
explain: { trick: task-scam, counterfact: jobs-never-cost }
tests:
  match:
    - Thả tim mỗi video được 20k, nạp 200k để nhận nhiệm vụ tiếp
    - tha tim kenh nay 15k, coc 100k roi moi rut dc nha
    - Đánh giá sản phẩm 50k một lượt. Đóng phí trước để được nhận đơn
    - Xem video 20k một lần, nạp trước 300k rồi làm tiếp
    - Xem video này được 30k, nạp tiền vào mới rút được
  ignore:
    - Thả tim giúp tớ video này với
    - Lớp mình đóng 50k tiền quỹ để nhận áo nha
    - Đánh giá quán này 5 sao, trà sữa có 30k
    - Xem video này đi, hay lắm
    - Mai nộp tiền áo lớp nha
`;
