import { Icon, type IconName } from '../parts/Icon.tsx';

interface EntryProps {
  icon: IconName;
  text: string;
  detail?: string;
  onChoose: () => void;
}

/** One line of a list to choose from: an icon, what it is, and for whom. */
export function Entry({ icon, text, detail, onChoose }: EntryProps) {
  return (
    <li>
      <button type="button" class="entry" onClick={onChoose}>
        <span class="entry-icon">
          <Icon name={icon} />
        </span>
        <span class="entry-text">
          <span>{text}</span>
          {detail === undefined ? null : <span class="small soft">{detail}</span>}
        </span>
      </button>
    </li>
  );
}
