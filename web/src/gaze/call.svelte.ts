// CALL: the tone at once, the server after it; it goes on until someone acknowledges or it is ended.
import { alarm_tone } from './sound';

interface Call {
  id: string | number;
}
const kTone = 1500;
const kAsk = 4000;

class Alarm {
  /** A call is on: the tone sounds until it is acknowledged. */
  active = $state(false);
  /** The server could not be told: only this machine sounds. */
  alone = $state(false);
  private id: string | number | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];

  begin(): void {
    if (this.active) return;
    this.active = true;
    alarm_tone();
    this.timers = [setInterval(alarm_tone, kTone), setInterval(() => void this.ask(), kAsk)];
    void this.tell();
  }

  /** Ended by the person himself. */
  end(): void {
    const id = this.id;
    this.over();
    if (id !== null) void post('/api/care/call/cancel', { id }).catch(() => undefined);
  }

  private over(): void {
    this.active = this.alone = false;
    this.id = null;
    for (const timer of this.timers) clearInterval(timer);
    this.timers = [];
  }

  /** Tells the server; tried again at each question while it cannot be reached. */
  private async tell(): Promise<void> {
    try {
      const told = (await post('/api/care/call', { kind: 'call' })) as { call?: Call | null };
      const id = told.call?.id ?? null;
      this.alone = id === null;
      if (this.active) this.id = id;
      else if (id !== null) await post('/api/care/call/cancel', { id });
    } catch {
      this.alone = true;
    }
  }

  /** Whether the call is still on: a carer ends it on another screen. */
  private async ask(): Promise<void> {
    if (this.id === null) return this.tell();
    try {
      const answer = await fetch('/api/care', { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const { call } = (await answer.json()) as { call: Call | null };
      if (!call && this.id !== null) this.over();
    } catch {
      return;
    }
  }
}

async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

export const alarm = new Alarm();
