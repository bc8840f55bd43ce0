import { say, type Words } from '../../utils/words/words.ts';

/** The hour at which “until tomorrow” ends. */
const MORNING = 6;

/** Minutes from `now` to the next 6 o'clock in the morning. */
export function minutesUntilMorning(now: Date): number {
  const morning = new Date(now);
  morning.setHours(MORNING, 0, 0, 0);
  if (morning <= now) morning.setDate(morning.getDate() + 1);
  return Math.ceil((morning.getTime() - now.getTime()) / 60_000);
}

interface PauseButtonsProps {
  words: Words;
  isPaused: boolean;
  on: { pause(minutes: number): void; resume(): void };
}

/** A break of half an hour or until the morning, or the end of one. */
export function PauseButtons({ words, isPaused, on }: PauseButtonsProps) {
  if (isPaused)
    return (
      <div class="row even">
        <button type="button" onClick={on.resume}>
          {say(words, 'popup_resume')}
        </button>
      </div>
    );
  return (
    <div class="row even">
      <button type="button" onClick={() => on.pause(30)}>
        {say(words, 'popup_break_30')}
      </button>
      <button type="button" onClick={() => on.pause(minutesUntilMorning(new Date()))}>
        {say(words, 'popup_break_morning')}
      </button>
    </div>
  );
}
