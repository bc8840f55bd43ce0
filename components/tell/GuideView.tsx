import type { Guide, HelpRoute } from '../../utils/help/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { ViewHead } from '../parts/ViewHead.tsx';
import { Entry } from './Entry.tsx';

interface GuidesViewProps {
  words: Words;
  guides: readonly Guide[];
  onBack: () => void;
  onChoose: (guide: Guide) => void;
}

/** “It already happened”: which of these it is. */
export function GuidesView({ words, guides, onBack, onChoose }: GuidesViewProps) {
  return (
    <div class="tell stack wide">
      <ViewHead words={words} title={say(words, 'guide_which')} onBack={onBack} />
      <p class="strong">{say(words, 'card_reassure')}</p>
      <ul class="stack">
        {guides.map((guide) => (
          <Entry key={guide.id} icon="step" text={guide.title[words.language]} onChoose={() => onChoose(guide)} />
        ))}
      </ul>
    </div>
  );
}

interface GuideViewProps {
  words: Words;
  guide: Guide;
  routes: readonly HelpRoute[];
  onBack: () => void;
  onRoute: (route: HelpRoute) => void;
  /** Opens the ready sentence that fits. */
  onSay: () => void;
}

/** The first steps in order, whom to call, and what to keep. */
export function GuideView({ words, guide, routes, onBack, onRoute, onSay }: GuideViewProps) {
  const { language } = words;
  const meant = guide.routes.flatMap((id) => routes.find((route) => route.id === id) ?? []);
  return (
    <div class="tell stack wide">
      <ViewHead words={words} title={guide.title[language]} onBack={onBack} />
      <p>{guide.lead[language]}</p>
      <ol class="numbered">
        {guide.steps.map((step) => (
          <li key={step.en}>{step[language]}</li>
        ))}
      </ol>
      <button type="button" class="primary" onClick={onSay}>
        {say(words, 'guide_say')}
      </button>
      <section class="stack">
        <h3 class="label">{say(words, 'guide_call')}</h3>
        <ul class="stack">
          {meant.map((route) => (
            <Entry
              key={route.id}
              icon={route.phone === undefined ? 'place' : 'phone'}
              text={route.name[language]}
              detail={route.audience[language]}
              onChoose={() => onRoute(route)}
            />
          ))}
        </ul>
      </section>
      <section class="panel stack close">
        <h3 class="label">{say(words, 'guide_keep')}</h3>
        <p>{guide.keep[language]}</p>
      </section>
    </div>
  );
}
