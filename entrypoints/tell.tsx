import { render } from 'preact';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { Tell } from '../components/tell/Tell.tsx';
import { TELL_DOOR, type TellDoor } from '../utils/warning/door.ts';

export default defineUnlistedScript(() => {
  const world = globalThis as { [TELL_DOOR]?: TellDoor };
  world[TELL_DOOR] ??= { draw: (place, props) => render(<Tell {...props} />, place) };
});
