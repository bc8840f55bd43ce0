import type { Level } from '../../rules/language/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { LEVEL_WORDS } from '../parts/format.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';

const LEVEL_ICONS = { notice: 'bubble', warning: 'pause', urgent: 'phone' } as const satisfies Record<Level, IconName>;

/** The level as an icon in a shape of its own and as words, so that it does not hang on colour. */
export function LevelLabel({ level, words }: { level: Level; words: Words }) {
  return (
    <span class={`level ${level}`}>
      <span class="level-icon">
        <Icon name={LEVEL_ICONS[level]} size={16} />
      </span>
      {say(words, LEVEL_WORDS[level])}
    </span>
  );
}
