/** The mark of Beside: two rounded shapes that sit side by side, the smaller leaning on the taller. */

interface MarkProps {
  size?: number;
  /** Without faces, for sizes at which they would be specks. */
  plain?: boolean;
}

/** Draws the mark; decoration only, so it has no name for screen readers. */
export function Mark({ size = 32, plain = false }: MarkProps) {
  return (
    <svg
      class="mark"
      width={size}
      height={size}
      viewBox="0 0 64 64"
      xmlns="http://www.w3.org/2000/svg"
      aria-hidden="true"
      focusable="false"
    >
      <path
        fill="#1f8a84"
        d="M19 5a16.5 16.5 0 0 1 16.5 16.5V49a10 10 0 0 1-10 10h-13a10 10 0 0 1-10-10V21.5A16.5 16.5 0 0 1 19 5z"
      />
      <path
        fill="#f0a93c"
        d="M49 17a13 13 0 0 1 13 13v20a9 9 0 0 1-9 9h-8a9 9 0 0 1-9-9V30a13 13 0 0 1 13-13z"
        transform="rotate(-6 49 59)"
      />
      {plain ? null : (
        <g fill="none" stroke-linecap="round" stroke-linejoin="round">
          <g stroke="#fffaf0">
            <path d="M15.5 22.5v2.6M26 22.5v2.6" stroke-width="4.2" />
            <path d="M17.5 32c2 2.2 4.9 2.2 6.9 0" stroke-width="2.8" />
          </g>
          <g stroke="#4a2f00">
            <path d="M42.6 32.4v2M51.6 31.4v2" stroke-width="3.8" />
            <path d="M44.8 40.6c1.5 1.5 3.6 1.3 4.9-.5" stroke-width="2.6" />
          </g>
        </g>
      )}
    </svg>
  );
}
