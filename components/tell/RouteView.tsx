import type { HelpRoute } from '../../utils/help/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { daysBetween, findWebAddress, hostOf, writeDay, writePhone } from '../parts/format.ts';
import { ViewHead } from '../parts/ViewHead.tsx';
import { WebLink } from '../parts/WebLink.tsx';
import { MAX_ROUTE_DAYS } from './choices.ts';
import { callLink } from './links.ts';
import { PhoneCode } from './PhoneCode.tsx';

interface RouteViewProps {
  words: Words;
  route: HelpRoute;
  today: string;
  onBack: () => void;
}

/** What a help service is, when it answers, what it costs, how to reach it, and how fresh this is. */
export function RouteView({ words, route, today, onBack }: RouteViewProps) {
  const { language } = words;
  const website = findWebAddress(route.url);
  const source = findWebAddress(route.source);
  const isOld = daysBetween(route.verified, today) > MAX_ROUTE_DAYS;
  return (
    <div class="tell stack wide">
      <ViewHead words={words} title={route.name[language]} onBack={onBack} />
      <p>{route.about[language]}</p>
      <dl class="facts">
        <dt>{say(words, 'route_audience')}</dt>
        <dd>{route.audience[language]}</dd>
        <dt>{say(words, 'route_hours')}</dt>
        <dd>{route.hours[language]}</dd>
        <dt>{say(words, 'route_cost')}</dt>
        <dd>{route.cost[language]}</dd>
      </dl>
      {route.phone === undefined ? null : (
        <div class="stack">
          <a class="button primary" href={callLink(route.phone)}>
            {say(words, 'tell_call', { phone: writePhone(route.phone) })}
          </a>
          <PhoneCode words={words} phone={route.phone} />
        </div>
      )}
      {website === undefined ? null : (
        <WebLink href={website.href} button>
          {say(words, 'route_website', { host: hostOf(website) })}
        </WebLink>
      )}
      {isOld ? <p class="trouble small">{say(words, 'route_old')}</p> : null}
      <p class="small soft">
        {say(words, 'route_verified', { date: writeDay(words, route.verified) })}
        {source === undefined ? null : (
          <>
            {' · '}
            <WebLink href={source.href}>{say(words, 'route_source', { host: hostOf(source) })}</WebLink>
          </>
        )}
      </p>
    </div>
  );
}
