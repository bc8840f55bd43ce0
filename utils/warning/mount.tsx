/**
 * Puts the card into a page: a closed shadow root of its own on an element with a random name, in the top layer, styled
 * from text. Not WXT's `createShadowRootUi`, which any page can remove by dispatching an event.
 */
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Card } from '../../components/card/Card.tsx';
import type { TellProps } from '../../components/tell/Tell.tsx';
import cardStyle from '../../components/card/card.css?inline';
import lookStyle from '../../components/parts/look.css?inline';
import tellStyle from '../../components/tell/tell.css?inline';
import type { MuteScope } from './contents.ts';
import { TELL_DOOR, type CardDoor, type CardView, type TellDoor } from './door.ts';
import { copyText } from './copy.ts';

/** How often the card comes back when the page takes it away; a page that does so more often is hostile, and the badge has to do. */
const MAX_REPAIRS = 3;
/** The host element itself: out of reach of the page's styles, and in the way of nothing. */
const HOST_STYLE =
  'all: initial !important; position: fixed !important; inset: 12px 12px auto auto !important; margin: 0 !important; padding: 0 !important; border: 0 !important; background: transparent !important; overflow: visible !important; width: auto !important; height: auto !important; max-width: calc(100vw - 24px) !important; max-height: none !important; z-index: 2147483647 !important; display: block !important; visibility: visible !important; opacity: 1 !important; color-scheme: light dark !important;';

/** Shows one warning at a time. */
export class CardMount implements CardDoor {
  #host: HTMLElement | undefined;
  #root: ShadowRoot | undefined;
  #guard: MutationObserver | undefined;
  #repairs = 0;
  #listening: AbortController | undefined;
  #view: CardView | undefined;

  show(view: CardView): void {
    this.#view = view;
    const root = this.#root ?? this.#build(view.signal);
    render(<Shown key={view.contents.reasons[0]?.id ?? ''} view={view} onClose={() => this.close()} />, root);
    this.#attach();
  }

  close(): void {
    this.#guard?.disconnect();
    this.#listening?.abort();
    if (this.#root !== undefined) render(null, this.#root);
    this.#host?.remove();
    this.#host = undefined;
    this.#root = undefined;
    this.#view = undefined;
  }

  #build(signal: AbortSignal): ShadowRoot {
    const host = document.createElement(`x-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? 'a'}`);
    host.setAttribute('style', HOST_STYLE);
    host.setAttribute('popover', 'manual');
    const root = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${lookStyle}\n${cardStyle}\n${tellStyle}`);
    root.adoptedStyleSheets = [sheet];
    this.#listening = new AbortController();
    const { signal: listening } = this.#listening;
    // What is typed into the card is not the page's business; listeners of the page on `document` do not see it.
    for (const type of [
      'keydown',
      'keyup',
      'keypress',
      'input',
      'beforeinput',
      'paste',
      'copy',
      'pointerdown',
      'mousedown',
      'click',
    ]) {
      root.addEventListener(type, (event) => event.stopPropagation(), { signal: listening });
    }
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.isTrusted && event.key === 'Escape' && this.#view !== undefined) this.close();
      },
      { capture: true, signal: listening },
    );
    signal.addEventListener('abort', () => this.close(), { signal: listening });
    this.#host = host;
    this.#root = root;
    this.#repairs = 0;
    this.#guard = new MutationObserver(() => this.#repair());
    return root;
  }

  #attach(): void {
    const host = this.#host;
    if (host === undefined) return;
    if (!host.isConnected) document.documentElement.append(host);
    // The top layer: above whatever the page puts on top, without a contest of z-indexes.
    if (!host.matches(':popover-open')) host.showPopover?.();
    this.#guard?.observe(document.documentElement, { childList: true });
    this.#guard?.observe(host, { attributes: true });
  }

  /** Puts the card back a few times when the page removes or hides it, then gives up: never a fight in a loop. */
  #repair(): void {
    const host = this.#host;
    if (host === undefined) return;
    const isWhole =
      host.isConnected && host.getAttribute('style') === HOST_STYLE && host.getAttribute('popover') === 'manual';
    if (isWhole) return;
    this.#guard?.disconnect();
    this.#repairs += 1;
    if (this.#repairs > MAX_REPAIRS) {
      this.close();
      return;
    }
    host.setAttribute('style', HOST_STYLE);
    host.setAttribute('popover', 'manual');
    this.#attach();
  }
}

function Shown({ view, onClose }: { view: CardView; onClose: () => void }) {
  const [size, setSize] = useState(view.as);
  const [muted, setMuted] = useState<MuteScope | undefined>(undefined);
  return (
    <Card
      contents={view.contents}
      words={view.words}
      size={size === 'card' || view.as === 'card' ? 'card' : 'chip'}
      people={view.people}
      routes={view.routes}
      guides={view.guides}
      today={view.today}
      isShared={view.isShared}
      country="VN"
      muted={muted}
      on={{
        grow: () => setSize('card'),
        close: onClose,
        mute: (scope) => void view.mute(scope).then((done) => done && setMuted(scope)),
        undoMute: () => void view.unmute().then(() => setMuted(undefined)),
        copy: copyText,
        openSettings: view.openSettings,
        keepEvidence: view.keepEvidence,
        drawTell: (place, props) => void drawTell(view, place, props),
      }}
    />
  );
}

/** Draws “tell someone”. When its code cannot come (the extension was just replaced), the settings have the same people. */
async function drawTell(view: CardView, place: HTMLElement, props: TellProps): Promise<void> {
  const world = globalThis as { [TELL_DOOR]?: TellDoor };
  if (world[TELL_DOOR] === undefined) await view.fetchTell();
  if (world[TELL_DOOR] === undefined) view.openSettings();
  else world[TELL_DOOR].draw(place, props);
}
