/** Line icons of the interface; always beside words, so none has a name. */

const SHAPES = {
  back: 'M14.5 5.5 8 12l6.5 6.5',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  /** Notice: somebody has a word for you. */
  bubble:
    'M5 11.5C5 7.9 8.1 5 12 5s7 2.9 7 6.5-3.1 6.5-7 6.5c-.9 0-1.8-.2-2.6-.4L6 19l.7-2.9A6.2 6.2 0 0 1 5 11.5zM9.2 11.5h.01M12 11.5h.01M14.8 11.5h.01',
  /** Warning: pause. */
  pause: 'M9 7v10M15 7v10',
  /** Urgent: call somebody. */
  phone:
    'M7.5 4.5h2.2l1.4 3.8-1.9 1.4a10 10 0 0 0 5.1 5.1l1.4-1.9 3.8 1.4v2.2c0 1.2-1 2.1-2.2 2A14.2 14.2 0 0 1 5.5 6.7c-.1-1.2.8-2.2 2-2.2z',
  person: 'M12 12a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4zM5 19.5c.8-3.4 3.6-5 7-5s6.2 1.6 7 5',
  place:
    'M12 20s6.5-5.4 6.5-10.2A6.4 6.4 0 0 0 12 3.5a6.4 6.4 0 0 0-6.5 6.3C5.5 14.6 12 20 12 20zM12 12.2a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z',
  /** A sheet with lines, to be kept. */
  keep: 'M7 4.5h7l4 4v11H7zM14 4.5v4h4M10 12.5h5M10 15.5h5',
  /** First steps. */
  step: 'M5 18.5h4.5v-4.5H14V9.5h5',
  pair: 'M8.5 11.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM15.8 11.5a2.4 2.4 0 1 0 0-4.8M3.5 18.5c.5-2.9 2.5-4.5 5-4.5s4.5 1.6 5 4.5M15.5 14c2.5 0 4.3 1.5 5 4.5',
  check: 'M5.5 12.5l4.3 4.3 8.7-9.3',
  moon: 'M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z',
  eye: 'M3.5 12S6.5 6.5 12 6.5 20.5 12 20.5 12 17.5 17.5 12 17.5 3.5 12 3.5 12zM12 14.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z',
  eyeOff:
    'M4.5 4.5l15 15M9.9 6.8c.7-.2 1.4-.3 2.1-.3 5.5 0 8.5 5.5 8.5 5.5a14 14 0 0 1-2.6 3.2M6.4 8.1A13.6 13.6 0 0 0 3.5 12s3 5.5 8.5 5.5c1.4 0 2.6-.3 3.7-.8',
} as const;

export type IconName = keyof typeof SHAPES;

/** Draws one icon in the colour of the text around it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
