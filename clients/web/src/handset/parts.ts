// What every part of the handset's page is given.
import type { Page } from '../link/browser.ts';
import type { DeviceWatch } from '../device/evidence.ts';
import type { Player } from '../sound/player.ts';
import type { Ringer } from '../sound/ringer.ts';

export interface Tools extends Page {
  player: Player;
  ringer: Ringer;
  watch: DeviceWatch;
}
