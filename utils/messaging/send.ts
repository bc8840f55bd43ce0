/** Asking another part of the extension; trouble comes back as a value, never as a thrown error. */
import { browser } from '../browser.ts';
import type { Call, PageToWorker, PanelToWorker, Reply, Trouble, WorkerToPage } from './protocol.ts';

type ToWorker = PageToWorker & PanelToWorker;

/** Whether an answer is trouble instead. */
export function isTrouble(answer: unknown): answer is Trouble {
  return typeof answer === 'object' && answer !== null && 'trouble' in answer;
}

/** Asks the worker; wakes it when it sleeps. */
export function askWorker<Type extends keyof ToWorker>(
  type: Type,
  input: ToWorker[Type]['input'],
): Promise<ToWorker[Type]['output'] | Trouble> {
  return ask({ type, input }, (call) => browser.runtime.sendMessage(call));
}

/** Asks the content script in a tab's top frame. */
export function askPage<Type extends keyof WorkerToPage>(
  tab: number,
  type: Type,
  input: WorkerToPage[Type]['input'],
): Promise<WorkerToPage[Type]['output'] | Trouble> {
  return ask({ type, input }, (call) => browser.tabs.sendMessage(tab, call, { frameId: 0 }));
}

async function ask<Output>(call: Call, send: (call: Call) => Promise<unknown>): Promise<Output | Trouble> {
  try {
    const reply = (await send(call)) as Reply<Output> | undefined;
    if (reply === undefined || reply === null) return { trouble: 'nobody-listening' };
    return 'value' in reply ? reply.value : reply;
  } catch {
    // The worker is being replaced, the tab has no content script, or the extension was updated under an old page.
    return { trouble: 'nobody-listening' };
  }
}
