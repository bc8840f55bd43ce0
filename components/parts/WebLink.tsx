import type { ComponentChildren } from 'preact';
import { findWebAddress } from './format.ts';

interface WebLinkProps {
  href: string | undefined;
  button?: boolean;
  children: ComponentChildren;
}

/** A link to a web page that opens beside this one and is not told where it was opened from; plain text if it is none. */
export function WebLink({ href, button = false, children }: WebLinkProps) {
  const url = findWebAddress(href);
  if (url === undefined) return <>{children}</>;
  return (
    <a class={button ? 'button' : undefined} href={url.href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
