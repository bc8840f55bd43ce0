import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { CARD_DOOR, type CardDoor } from '../utils/warning/door.ts';
import { CardMount } from '../utils/warning/mount.tsx';

export default defineUnlistedScript(() => {
  const world = globalThis as { [CARD_DOOR]?: CardDoor };
  world[CARD_DOOR] ??= new CardMount();
});
