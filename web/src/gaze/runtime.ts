// Between the engine and the page: feeds it, shows what it does, activates what it selects.
import type { Input, State } from './engine';
import { kStart, progress, step } from './engine';
import type { GazeSettings } from './kept';
import { leaves, page_groups } from './page_groups';
import type { PageTargets } from './page_targets';
import { page_targets } from './page_targets';
import type { Branch, ScanState } from './scan';
import { kScanStart, marked, scan } from './scan';
import type { Box, Target } from './targets';

/** What is shown over the page. Boxes are of the viewport. */
export interface Shown {
  /** The target being looked at and the share of its dwell. */
  ring: { box: Box; share: number } | null;
  /** What the mark of the scan is on. */
  scan: { boxes: Box[]; out: boolean } | null;
  /** Where the gaze is, for the dot. */
  at: { x: number; y: number } | null;
}

export interface Events {
  settings: () => GazeSettings;
  show: (shown: Shown) => void;
  mode: (state: State) => void;
  selected: (element: Element) => void;
  /** A field that a click does not fill. */
  field: (element: HTMLElement) => void;
}

const kFresh = 150; // ms; targets are looked up again after this also when nothing told of a change
const kFields =
  'textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])';

export class Runtime {
  private state: State = kStart;
  private scanning: ScanState = kScanStart;
  private page: PageTargets = { targets: [], elements: new Map() };
  private looked_at = -Infinity;
  private readonly observer: MutationObserver;
  private readonly stale = (): void => void (this.looked_at = -Infinity);

  constructor(private readonly on: Events) {
    this.observer = new MutationObserver((records) => {
      if (records.some((one) => !own_layer(one.target))) this.stale();
    });
    this.observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    for (const name of ['scroll', 'resize', 'transitionend', 'toggle'])
      addEventListener(name, this.stale, { capture: true, passive: true });
    addEventListener('gaze:undo', this.undo);
  }

  end(): void {
    this.observer.disconnect();
    for (const name of ['scroll', 'resize', 'transitionend', 'toggle'])
      removeEventListener(name, this.stale, { capture: true });
    removeEventListener('gaze:undo', this.undo);
  }

  /** One input of an adapter. */
  feed = (input: Input): void => {
    this.look();
    const settings = this.on.settings();
    const screen = { width: innerWidth, height: innerHeight };
    const before = this.state;
    const made = step(before, input, this.page.targets, settings, screen);
    this.state = made.state;
    for (const effect of made.effects)
      if (effect.kind === 'select') this.activate(effect.id, effect.x, effect.y);
    const now = this.state;
    if (made.effects.length || before.gaze !== now.gaze || before.mode !== now.mode)
      this.on.mode(now);
    if (settings.switches === 'off') this.show(settings);
  };

  /** Time passes for the scan, or a switch is pressed. */
  scan = (kind: 'tick' | 'move' | 'take', t: number): void => {
    this.look();
    const settings = this.on.settings();
    const tree = this.groups();
    const made = scan(
      this.scanning,
      { kind, t },
      tree,
      settings.scan_ms,
      settings.switches === 'one',
    );
    const changed = made.state !== this.scanning || kind !== 'tick';
    this.scanning = made.state;
    if (made.taken !== null) {
      const target = this.page.targets.find((one) => one.id === made.taken);
      if (target) this.activate(target.id, target.left, target.top);
    }
    if (changed || this.looked_at === -Infinity) this.show_scan(tree);
  };

  asleep(): boolean {
    return this.state.mode === 'rest';
  }
  fallen(): State {
    return this.state;
  }

  private readonly undo = (): void => this.feed({ kind: 'undo', t: this.state.t });

  /** Looks the targets up again where they may have changed. */
  private look(): void {
    const now = performance.now();
    if (now - this.looked_at < kFresh) return;
    this.page = page_targets();
    this.looked_at = now;
  }

  private groups(): Branch[] {
    const { targets, elements } = this.page;
    if (this.state.mode !== 'rest') return page_groups(targets, elements);
    const left = targets.filter((one) => one.dwell === 'call' || one.dwell === 'wake');
    return left.map((one) => ({ name: String(one.id), id: one.id }));
  }

  private activate(id: number, x: number, y: number): void {
    const element = this.page.elements.get(id);
    this.stale();
    if (!element?.isConnected) return;
    const key = element.getAttribute('data-key') ?? element.textContent?.trim().slice(0, 80) ?? '';
    element.dispatchEvent(new CustomEvent('gaze:select', { bubbles: true, detail: { x, y, key } }));
    this.on.selected(element);
    if (element instanceof HTMLElement) {
      element.focus({ preventScroll: true });
      if (element.matches(kFields)) this.on.field(element);
      else element.click();
    } else element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  }

  private show(settings: GazeSettings): void {
    const { targets } = this.page;
    const share = progress(this.state, targets, settings);
    const target = share > 0 ? targets.find((one) => one.id === this.state.current) : undefined;
    const ring = target ? { box: target, share } : null;
    this.on.show({ ring, scan: null, at: this.state.valid ? this.state.at : null });
  }

  private show_scan(tree: Branch[]): void {
    const on = marked(tree, this.scanning.path);
    const { path } = this.scanning;
    const out = on === 'out';
    const branch = out ? marked(tree, path.slice(0, -1)) : on;
    const ids = branch && branch !== 'out' ? leaves(branch) : [];
    const boxes = ids
      .map((id) => this.page.targets.find((one) => one.id === id))
      .filter((one): one is Target => one !== undefined);
    this.on.show({ ring: null, scan: { boxes, out }, at: null });
  }
}

const own_layer = (node: Node): boolean =>
  (node instanceof Element ? node : node.parentElement)?.closest('[data-gaze-layer]') != null;
