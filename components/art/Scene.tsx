/** A small picture for each family of tricks: what is going on, drawn calmly, with the two figures of the mark. */
import type { ComponentChildren } from 'preact';
import type { Category } from '../../rules/language/model.ts';

/** What the tricks of a family have in common. */
export type SceneName = 'voice' | 'journey' | 'parcel' | 'curtain' | 'coins' | 'mask' | 'letter';

/** The family of each category of rules. */
const SCENES: Readonly<Record<Category, SceneName>> = {
  'fake-authority': 'voice',
  'isolation-ransom': 'voice',
  'fake-emergency': 'voice',
  'trafficking-job': 'journey',
  runaway: 'journey',
  'fake-casting': 'journey',
  'drug-courier': 'parcel',
  'fake-shipper': 'parcel',
  'fake-shop': 'parcel',
  ticket: 'parcel',
  grooming: 'curtain',
  sextortion: 'curtain',
  'romance-gift': 'curtain',
  'job-deposit': 'coins',
  'task-scam': 'coins',
  'loan-trap': 'coins',
  'money-mule': 'coins',
  investment: 'coins',
  'recovery-scam': 'coins',
  'hacked-friend': 'mask',
  'fake-app': 'mask',
  'game-item': 'mask',
  prize: 'letter',
  'fake-scholarship': 'letter',
};

/** The picture of a category. */
export function sceneOf(category: Category): SceneName {
  return SCENES[category];
}

const TEAL = '#1f8a84';
const AMBER = '#f0a93c';
const PAPER = '#fff7e8';
const SHADE = '#d9c7a6';
const INK = '#4a3a22';
/** Lines that stand on the card itself, light or dark. */
const LINE = 'currentColor';
const ROSE = '#e58f7b';

/** The smaller figure of the mark; `x` is where it stands. */
function Teen({ x, tilt = 0 }: { x: number; tilt?: number }) {
  return (
    <g transform={`rotate(${tilt} ${x} 76)`}>
      <path fill={AMBER} d={`M${x} 42a13 13 0 0 1 13 13v14a7 7 0 0 1-7 7h-12a7 7 0 0 1-7-7V55a13 13 0 0 1 13-13z`} />
      <g stroke={INK} stroke-width="3" stroke-linecap="round" fill="none">
        <path d={`M${x - 4.5} 55v2M${x + 4.5} 55v2`} />
        <path d={`M${x - 3} 63c2 1.4 4 1.4 6 0`} stroke-width="2" />
      </g>
    </g>
  );
}

/** The taller figure, who is there when the teen turns round. */
function Beside({ x }: { x: number }) {
  return (
    <g>
      <path fill={TEAL} d={`M${x} 28a15 15 0 0 1 15 15v25a8 8 0 0 1-8 8h-14a8 8 0 0 1-8-8V43a15 15 0 0 1 15-15z`} />
      <g stroke={PAPER} stroke-width="3" stroke-linecap="round" fill="none">
        <path d={`M${x - 5} 43v2M${x + 5} 43v2`} />
        <path d={`M${x - 4} 52c2.6 2 5.4 2 8 0`} stroke-width="2.2" />
      </g>
    </g>
  );
}

const PICTURES: Readonly<Record<SceneName, () => ComponentChildren>> = {
  // A telephone that talks and talks, and wants nobody else in the room.
  voice: () => (
    <>
      <rect x="96" y="18" width="34" height="58" rx="7" fill={INK} />
      <rect x="100" y="24" width="26" height="42" rx="3" fill={PAPER} />
      <path d="M105 34h16M105 41h11M105 48h14M105 55h8" stroke={SHADE} stroke-width="3" stroke-linecap="round" />
      <path
        d="M88 30c-6 3-6 9 0 12M80 24c-11 6-11 18 0 24"
        fill="none"
        stroke={ROSE}
        stroke-width="3"
        stroke-linecap="round"
      />
      <Beside x={28} />
      <Teen x={56} tilt={-6} />
    </>
  ),
  // A suitcase, and a road that goes behind the hill.
  journey: () => (
    <>
      <path d="M60 76c14-30 52-34 92-34v34z" fill={SHADE} opacity="0.55" />
      <path d="M96 76c4-14 18-20 30-22-6 6-8 14-8 22z" fill={PAPER} />
      <circle cx="132" cy="27" r="9" fill={ROSE} />
      <rect x="74" y="54" width="26" height="22" rx="4" fill={INK} />
      <path d="M81 54v-4a3 3 0 0 1 3-3h6a3 3 0 0 1 3 3v4" fill="none" stroke={LINE} stroke-width="3" />
      <path d="M74 64h26" stroke={AMBER} stroke-width="2.5" />
      <Beside x={26} />
      <Teen x={54} />
    </>
  ),
  // A box with a string on it: somebody holds the other end.
  parcel: () => (
    <>
      <rect x="88" y="44" width="38" height="32" rx="4" fill={SHADE} />
      <path d="M88 54h38" stroke={PAPER} stroke-width="3" />
      <path d="M107 44v32" stroke={ROSE} stroke-width="4" />
      <path d="M107 44c-9-9-15-2-9 1 4 2 7 0 9-1zm0 0c9-9 15-2 9 1-4 2-7 0-9-1z" fill={ROSE} />
      <path
        d="M126 60c14 2 12-16 26-14"
        fill="none"
        stroke={LINE}
        stroke-width="2.5"
        stroke-linecap="round"
        stroke-dasharray="1 6"
      />
      <Beside x={28} />
      <Teen x={57} />
    </>
  ),
  // A stage curtain with an eye of light: one sees, the other is seen.
  curtain: () => (
    <>
      <path d="M88 16h62v60H88z" fill={PAPER} />
      <path d="M88 16h22c2 22-4 42-22 60zM150 16h-22c-2 22 4 42 22 60z" fill={ROSE} />
      <path d="M84 16h70" stroke={LINE} stroke-width="4" stroke-linecap="round" />
      <circle cx="119" cy="50" r="9" fill={INK} />
      <circle cx="119" cy="50" r="4" fill={PAPER} />
      <Beside x={26} />
      <Teen x={54} tilt={-4} />
    </>
  ),
  // Coins as steps: the first is small, the next ones grow.
  coins: () => (
    <>
      <g fill={AMBER} stroke={INK} stroke-width="2.5">
        <ellipse cx="88" cy="71" rx="10" ry="4.5" />
        <path d="M102 62v9c0 2.5 5 4.5 11 4.5s11-2 11-4.5v-9" />
        <ellipse cx="113" cy="62" rx="11" ry="4.5" />
        <path d="M128 44v27c0 2.5 5.4 4.5 12 4.5s12-2 12-4.5V44" />
        <path d="M128 53c0 2.5 5.4 4.5 12 4.5s12-2 12-4.5M128 62c0 2.5 5.4 4.5 12 4.5s12-2 12-4.5" fill="none" />
        <ellipse cx="140" cy="44" rx="12" ry="5" />
      </g>
      <path
        d="M84 58c6-12 22-24 38-28m0 0-8-2m8 2-5 7"
        fill="none"
        stroke={ROSE}
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <Beside x={26} />
      <Teen x={54} />
    </>
  ),
  // A friend's face on a stick.
  mask: () => (
    <>
      <path d="M120 60v18" stroke={LINE} stroke-width="4" stroke-linecap="round" />
      <path
        d="M120 18c16 0 24 10 24 22s-10 24-24 24-24-12-24-24 8-22 24-22z"
        fill={PAPER}
        stroke={SHADE}
        stroke-width="3"
      />
      <path
        d="M107 36c3-3 7-3 10 0M123 36c3-3 7-3 10 0"
        fill="none"
        stroke={INK}
        stroke-width="3"
        stroke-linecap="round"
      />
      <path d="M110 48c6 6 14 6 20 0" fill="none" stroke={ROSE} stroke-width="3.5" stroke-linecap="round" />
      <path
        d="M97 34c-6 0-8 3-9 7M143 34c6 0 8 3 9 7"
        fill="none"
        stroke={LINE}
        stroke-width="2.5"
        stroke-linecap="round"
      />
      <Beside x={28} />
      <Teen x={58} />
    </>
  ),
  // A letter with a bow, almost too nice.
  letter: () => (
    <>
      <rect x="86" y="34" width="56" height="40" rx="5" fill={PAPER} stroke={SHADE} stroke-width="3" />
      <path d="M88 38l26 20 26-20" fill="none" stroke={SHADE} stroke-width="3" stroke-linejoin="round" />
      <circle cx="114" cy="58" r="7" fill={ROSE} />
      <path d="M96 22l2 5M132 22l-2 5M114 16v7" stroke={AMBER} stroke-width="3.5" stroke-linecap="round" />
      <Beside x={26} />
      <Teen x={54} tilt={5} />
    </>
  ),
};

/** Draws the picture of a family; decoration only, so it has no name for screen readers. */
export function Scene({ name, width = 152 }: { name: SceneName; width?: number }) {
  return (
    <svg
      class="scene"
      width={width}
      height={(width * 80) / 160}
      viewBox="0 0 160 80"
      xmlns="http://www.w3.org/2000/svg"
      aria-hidden="true"
      focusable="false"
    >
      {PICTURES[name]()}
    </svg>
  );
}
