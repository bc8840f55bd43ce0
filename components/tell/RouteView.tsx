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
  /** Whether the computer is many people's. */
  isShared?: boolean | undefined;
  onBack: () => void;
}

/** What a help service is, when it answers, what it costs, how to reach it, and how fresh this is. */
export function RouteView({ words, route, today, isShared, onBack }: RouteViewProps) {
  const { language } = words;
  const website = findWebAddress(route.url);
  const source = findWebAddress(route.source);
  const isOld = daysBetween(route.verified, today) > MAX_ROUTE_DAYS;
  return (
    <div class="tell stack wide">
      <ViewHead words={words} title={route.name[language]} onBack={onBack} />
      <p>{route.about[language]}</p>
      <dl class="facts">
        <Fact name={say(words, 'route_audience')} value={route.audience[language]} />
        <Fact name={say(words, 'route_hours')} value={route.hours[language]} />
        <Fact name={say(words, 'route_cost')} value={route.cost[language]} />
      </dl>
      {route.phone === undefined ? null : (
        <div class="stack">
          <a class="button primary" href={callLink(route.phone)}>
            {say(words, 'tell_call', { phone: writePhone(route.phone) })}
          </a>
          <PhoneCode words={words} phone={route.phone} isOpenFirst={isShared} />
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

/** One fact; nothing where it is not known, as for what a school did not say of its own routes. */
function Fact({ name, value }: { name: string; value: string }) {
  if (value === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
