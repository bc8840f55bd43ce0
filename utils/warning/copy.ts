/** Puts a text on the clipboard after a click; says whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // the frame's policy or the browser forbids it; the text stays selectable
  }
}
