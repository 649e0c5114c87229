// What can be selected on the page now: visible, enabled, not covered, within an open dialog if
// there is one. The identity of a target is its element, and what it would do where it says so.
import { kClasses } from './settings';
import type { DwellClass } from './settings';
import type { Target } from './targets';

const kSelectable = [
  'button',
  'a[href]',
  'input',
  'textarea',
  'select',
  'summary',
  ...['button', 'tab', 'option', 'checkbox', 'radio', 'switch', 'menuitem', 'combobox'].map(
    (role) => `[role=${role}]`,
  ),
].join(',');
const kNever = 'input[type=hidden], input[type=file], [aria-disabled=true], [data-gaze-skip]';
const kSmallest = 4; // px; what is smaller is not meant to be seen

export interface PageTargets {
  targets: Target[];
  elements: Map<number, Element>;
}

const ids = new WeakMap<Element, { id: number; does: string }>();
let newest = 0;

/** The same number for the same element doing the same thing, as `data-key` tells it. */
function id_of(element: Element): number {
  const does = element.getAttribute('data-key') ?? '';
  const known = ids.get(element);
  if (known?.does === does) return known.id;
  newest += 1;
  ids.set(element, { id: newest, does });
  return newest;
}

/** The targets in view. `within` may name a part of the page that alone counts. */
export function page_targets(): PageTargets {
  const elements = new Map<number, Element>();
  const targets: Target[] = [];
  const root = open_dialog() ?? document;
  for (const element of root.querySelectorAll(kSelectable)) {
    const place = usable(element) ? in_view(shape_of(element)) : null;
    if (!place || !on_top(element, place)) continue;
    const id = id_of(element);
    elements.set(id, element);
    const { left, top, width, height } = place;
    targets.push({
      id,
      left,
      top,
      width,
      height,
      dwell: dwell_of(element),
      likely: likely(element),
    });
  }
  return { targets, elements };
}

/** The innermost open modal dialog: nothing behind it can be selected. */
function open_dialog(): Element | null {
  const open = document.querySelectorAll('dialog:modal, [aria-modal=true]');
  return open.item(open.length - 1);
}

function usable(element: Element): boolean {
  if (element.matches(kNever) || (element as HTMLButtonElement).disabled) return false;
  return element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
}

/** The element's rectangle; a box to tick has that of its label. */
function shape_of(element: Element): DOMRect {
  if (element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type)) {
    const label = element.closest('label') ?? element.labels?.[0];
    if (label) return label.getBoundingClientRect();
  }
  return element.getBoundingClientRect();
}

function in_view(box: DOMRect): DOMRect | null {
  const left = Math.max(0, box.left);
  const top = Math.max(0, box.top);
  const width = Math.min(innerWidth, box.right) - left;
  const height = Math.min(innerHeight, box.bottom) - top;
  return width < kSmallest || height < kSmallest ? null : new DOMRect(left, top, width, height);
}

/** Whether at least one of three places of it is not under something else. */
function on_top(element: Element, box: DOMRect): boolean {
  return [0.5, 0.15, 0.85].some((share) => {
    const found = document.elementFromPoint(box.left + share * box.width, box.top + box.height / 2);
    if (!found) return false;
    return element.contains(found) || found.contains(element) || labels(element, found);
  });
}

function labels(element: Element, found: Element): boolean {
  const label = found.closest('label');
  return label !== null && (element as HTMLInputElement).labels?.[0] === label;
}

function dwell_of(element: Element): DwellClass {
  if (element.hasAttribute('data-wake')) return 'wake';
  const said = element.closest('[data-dwell]')?.getAttribute('data-dwell') as DwellClass;
  return kClasses.includes(said) ? said : 'link';
}

function likely(element: Element): -1 | 0 | 1 {
  const said = element.getAttribute('data-likely');
  return said === '1' ? 1 : said === '-1' ? -1 : 0;
}
