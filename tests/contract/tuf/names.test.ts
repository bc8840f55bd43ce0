/** Names of roles that are dangerous in an address or in a file's name. */
import { describe, expect } from 'vitest';
import { readdirSync } from 'node:fs';
import { it, refuses } from '../../fixtures/feed/tuf-command.ts';

describe('the name of a role', () => {
  it.for(['?', '#', '/team', '../team'])(
    'is quoted in the address and stays in the folder: %s',
    async (role, { repository, ready }) => {
      repository.delegate('targets', role);
      repository.publish(role, 'targets', 'snapshot', 'timestamp');
      await refuses(ready.download('nowhere'));
      expect(repository.asked).toContain(`1.${encodeURIComponent(role)}`);
      // How the fifth file is named is left to the client.
      expect(Object.keys(ready.trusted())).toHaveLength(5);
      expect(readdirSync(ready.folder).toSorted()).toEqual(['initial_root.json', 'metadata', 'targets']);
    },
  );
});
