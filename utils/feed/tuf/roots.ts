/** The root, where all trust begins: the newest that is held, and those that follow it (TUF 1.0.34, 5.2 and 5.3). */
import { FeedRefusal } from '../refusal.ts';
import type { FeedStorage } from '../storage.ts';
import { fetchFile } from './fetch-file.ts';
import { describeKeys, floorUnder, hasRotated, requireFloor } from './floor.ts';
import { TrustedMetadataStore } from './library.ts';
import { MAX_ROOT, MAX_ROTATIONS } from './limits.ts';
import { readMetadataFile } from './metadata.ts';
import { requireFresh } from './store-refusal.ts';
import { requireThreshold } from './threshold.ts';
import { forLibrary, heldCopies, keepFloor, refusing, setTime, type Source, type Update } from './update.ts';

/** The newest good root that is held. @throws FeedRefusal when there is none: without it nothing can be trusted */
async function openRoot(storage: FeedStorage): Promise<Uint8Array> {
  let best: { bytes: Uint8Array; version: number } | undefined;
  let problem: unknown;
  for (const bytes of await heldCopies(storage, 'root')) {
    try {
      const root = readMetadataFile('root', bytes, 'root.json');
      await requireThreshold(root, 'root', root, 'root.json');
      if (root.signed.version > (best?.version ?? 0)) best = { bytes, version: root.signed.version };
    } catch (error) {
      problem ??= error;
    }
  }
  if (best !== undefined) return best.bytes;
  throw problem ?? new FeedRefusal('missing', 'root.json', 'this device has no root', 'install Beside again');
}

/** Starts an update from the newest root that is held. @throws FeedRefusal when no good one is */
export async function startUpdate(source: Source, time: number): Promise<Update> {
  const bytes = await openRoot(source.storage);
  const store = new TrustedMetadataStore(forLibrary(bytes));
  const update = { source, store, floor: floorUnder(undefined, store.root, false), time, isNew: false };
  setTime(update, time);
  return update;
}

/** Takes the roots that follow the one that is held, one by one, each signed by the one before and by itself. */
export async function walkRoots(update: Update): Promise<void> {
  const { source, store } = update;
  const { storage, mirror } = source;
  const keptFloor = await storage.readFloor();
  let rotated = false;
  for (let step = 0; step < MAX_ROTATIONS; step += 1) {
    const file = `${store.root.signed.version + 1}.root.json`;
    const answer = await fetchFile(mirror, file, MAX_ROOT);
    // Only an answer of “not there” ends the walk. A mirror that fails might be hiding the root that ends a theft.
    if (answer.status !== 'ok') break;
    const root = readMetadataFile('root', answer.bytes, file);
    await requireThreshold(store.root, 'root', root, file);
    await requireThreshold(root, 'root', root, file);
    const keys = describeKeys(store.root);
    refusing(file, () => store.updateRoot(forLibrary(answer.bytes)));
    rotated ||= hasRotated(keys, describeKeys(store.root));
    await storage.writeMetadata('root', answer.bytes);
    update.isNew = true;
  }
  requireFloor(store.root.signed.version, keptFloor?.root ?? 0, 'root.json');
  // A newer package may have brought the new root, or the last update may have ended right after it.
  rotated ||= keptFloor !== undefined && hasRotated(keptFloor.keys, describeKeys(store.root));
  if (rotated) {
    await storage.deleteMetadata('timestamp');
    await storage.deleteMetadata('snapshot');
  }
  // The time comes after the walk: a thief's time of issue goes with his keys, before it could make the new root look old.
  update.floor = floorUnder(keptFloor, store.root, rotated);
  await keepFloor(update, {});
  setTime(update, update.floor.issued);
  requireFresh(store.root.signed, update.time, 'root.json');
}
