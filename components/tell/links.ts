/** Links that carry a call or a message to the app that does it; nothing is sent by making one. */

/** What can be dialled of a number as typed: digits, and a plus in front. */
function dialled(phone: string): string {
  const digits = phone.replace(/\D/gu, '');
  return phone.trim().startsWith('+') ? `+${digits}` : digits;
}

export function callLink(phone: string): string {
  return `tel:${dialled(phone)}`;
}

/** `?&body=` is the form that both Android and iOS read. */
export function textLink(phone: string, text: string): string {
  return `sms:${dialled(phone)}?&body=${encodeURIComponent(text)}`;
}

export function mailLink(address: string, subject: string, text: string): string {
  return `mailto:${encodeURIComponent(address.trim()).replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
}

/** The chat with a number in Zalo, which wants digits alone. */
export function zaloLink(phone: string): string {
  return `https://zalo.me/${dialled(phone).replace('+', '')}`;
}
