// What this device can prove of itself, as the hub is told with the beats: whether the page is in front, whether it may
// sound, whether the screen is kept awake, and the battery. What a browser can't say is left out.
import type { Evidence } from '../link/wire.ts';
import { type Player } from '../sound/player.ts';

interface BatteryLike extends EventTarget { level: number; charging: boolean }

export class DeviceWatch {
  private wake_: WakeLockSentinel | null = null;
  private wanted_ = false;
  private battery_: BatteryLike | null = null;
  private listeners_ = new Set<() => void>();

  /** A room has no player: it never sounds. */
  constructor(private readonly player_: Player | null) {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.wanted_) void this.keep_awake();
      this.tell_();
    });
    player_?.subscribe(() => this.tell_());
    const get = (navigator as Navigator & { getBattery?: () => Promise<BatteryLike> }).getBattery;
    void get?.call(navigator).then((battery) => {
      this.battery_ = battery;
      for (const event of ['levelchange', 'chargingchange']) battery.addEventListener(event, () => this.tell_());
      this.tell_();
    }).catch(() => {});
  }

  subscribe(listener: () => void): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }

  /** Keeps the screen on while the page is in front; the browser lets go when it is hidden, and it is taken again. */
  async keep_awake(): Promise<boolean> {
    this.wanted_ = true;
    try {
      if (!this.wake_ || this.wake_.released) {
        this.wake_ = await navigator.wakeLock.request('screen');
        this.wake_.addEventListener('release', () => this.tell_());
      }
    } catch {
      this.wake_ = null; // not supported, not a secure page, or the battery is too low: shown as a fault
    }
    this.tell_();
    return this.awake;
  }

  get awake(): boolean { return this.wake_ !== null && !this.wake_.released; }
  get battery(): { percent: number; charging: boolean } | null {
    return this.battery_ ? { percent: Math.round(this.battery_.level * 100), charging: this.battery_.charging } : null;
  }

  evidence(): Evidence {
    const battery = this.battery;
    return {
      visible: document.visibilityState === 'visible', sound: this.player_?.unlocked ?? false, wake_lock: this.awake,
      ...(battery ? { battery_percent: battery.percent, charging: battery.charging } : {}),
    };
  }

  private tell_(): void { for (const listener of [...this.listeners_]) listener(); }
}
