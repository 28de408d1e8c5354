export const OPEN_PALETTE_EVENT = 'muster:open-palette'
export const OPEN_HELP_EVENT = 'muster:open-help'

const KEY = 'muster-shortcuts'

/** Single-key shortcuts are on unless this browser turned them off. */
export function readShortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

export function writeShortcutsOn(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // Storage refused: the choice holds until the page is left.
  }
}
