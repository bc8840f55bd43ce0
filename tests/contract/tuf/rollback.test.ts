/** Older metadata in the place of newer, and the one way back from versions that are too high: new keys. */
import { describe, expect } from 'vitest';
import { accepts, it, refuses } from '../../fixtures/feed/tuf-command.ts';

const LISTS: [how: string, measures: boolean][] = [
  ['by version alone', false],
  ['with length and hash', true],
];

describe('going back', () => {
  it('is refused for a timestamp', async ({ repository, ready }) => {
    repository.publish('timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['timestamp']).toBe(2);
    repository.startOver('timestamp');
    repository.publish('timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()['timestamp']).toBe(2);
    expect(repository.asked.at(-1)).toBe('timestamp');
  });

  it.for(LISTS)('is refused for a snapshot that is listed %s', async ([, measures], { repository, ready }) => {
    repository.measures = measures;
    repository.publish('snapshot', 'timestamp');
    await accepts(ready.refresh());
    repository.startOver('snapshot');
    repository.publish('snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toMatchObject({ timestamp: 2, snapshot: 2 });
    expect(repository.asked.at(-1)).toBe('timestamp');
  });

  it.for(LISTS)('is refused for targets that are listed %s', async ([, measures], { repository, ready }) => {
    repository.measures = measures;
    repository.publish('targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    repository.startOver('targets');
    repository.publish('targets', 'snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toMatchObject({ snapshot: 2, targets: 2 });
  });

  it('is refused when a role vanishes from the snapshot', async ({ repository, ready }) => {
    repository.delegate('targets', 'team', { paths: ['team/*'] });
    repository.publish('team', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    delete repository.snapshot.meta['team.json'];
    repository.publish('snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()['snapshot']).toBe(2);
  });
});

describe('after somebody has used up the high versions, new keys lead back to version 1', () => {
  const HIGH = 100;

  it('of the timestamp', async ({ repository, ready }) => {
    for (let n = 1; n < HIGH; n += 1) repository.publish('timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['timestamp']).toBe(HIGH);
    repository.replaceKeys('timestamp');
    repository.startOver('timestamp');
    repository.publish('root', 'timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['timestamp']).toBe(1);
  });

  it('of the snapshot, with the keys of the timestamp changed too', async ({ repository, ready }) => {
    for (let n = 1; n < HIGH; n += 1) repository.publish('snapshot');
    repository.publish('timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['snapshot']).toBe(HIGH);
    repository.replaceKeys('snapshot');
    repository.replaceKeys('timestamp');
    repository.startOver('snapshot');
    repository.publish('root', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['snapshot']).toBe(1);
  });

  it('of targets, with the keys of the snapshot changed, which may then also forget roles', async ({
    repository,
    ready,
  }) => {
    repository.delegate('targets', 'team', { paths: ['team/*'] });
    repository.publish('team');
    for (let n = 1; n < HIGH; n += 1) repository.publish('targets');
    repository.publish('snapshot', 'timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['targets']).toBe(HIGH);
    repository.replaceKeys('snapshot');
    repository.startOver('targets');
    delete repository.snapshot.meta['team.json'];
    repository.publish('root', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()['targets']).toBe(1);
  });
});
