// How the page is set for one person. Unknown or damaged values fall back to the usual ones; keys
// that other parts keep in the same document stay as they are.

export interface Settings {
  dwell_ms: number;
  tired: boolean;
  offers: number;
  speak_when: 'word' | 'sentence' | 'demand';
  share_draft: boolean;
  tracker: string;
  voice: 'server' | 'browser';
  rate: number;
  scan: boolean;
  scan_ms: number;
}

export const kUsual: Settings = {
  dwell_ms: 600,
  tired: false,
  offers: 6,
  speak_when: 'sentence',
  share_draft: false,
  tracker: '',
  voice: 'server',
  rate: 1,
  scan: false,
  scan_ms: 1200,
};

const within = (value: unknown, least: number, most: number, usual: number): number =>
  typeof value === 'number' && value >= least && value <= most ? value : usual;
const one_of = <T extends string>(value: unknown, known: readonly T[], usual: T): T =>
  known.includes(value as T) ? (value as T) : usual;

export function settings_of(raw: unknown): Settings {
  const from = (raw && typeof raw === 'object' ? raw : {}) as Record<string, unknown>;
  return {
    dwell_ms: within(from['dwell_ms'], 300, 3000, kUsual.dwell_ms),
    tired: from['tired'] === true,
    offers: Math.round(within(from['offers'], 4, 10, kUsual.offers)),
    speak_when: one_of(from['speak_when'], ['word', 'sentence', 'demand'], kUsual.speak_when),
    share_draft: from['share_draft'] === true,
    tracker: typeof from['tracker'] === 'string' ? from['tracker'].slice(0, 200) : '',
    voice: one_of(from['voice'], ['server', 'browser'], kUsual.voice),
    rate: within(from['rate'], 0.5, 2, kUsual.rate),
    scan: from['scan'] === true,
    scan_ms: within(from['scan_ms'], 400, 5000, kUsual.scan_ms),
  };
}
