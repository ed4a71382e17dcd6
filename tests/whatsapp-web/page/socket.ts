import { Emitter } from './ids.ts'
import { start } from './store.ts'

/** The connection: paired or not, synced or not. */

class SocketModel extends Emitter {
  state = 'OPENING'
  hasSynced = false

  to(state: string) {
    this.state = state
    this.emit('change:state', this, state)
  }

  sync() {
    this.hasSynced = true
    this.emit('change:hasSynced', this, true)
  }

  logout = () => {
    cmd.emit('logout')
  }
  takeover = () => {}
}

class ConnModel extends Emitter {
  ref = 'ref-1'
  platform = 'android'
  serialize = () => ({ platform: this.platform, pushname: 'Ardaq' })

  renew(ref: string) {
    this.ref = ref
    this.emit('change:ref', this, ref)
  }
}

export const socket = new SocketModel()
export const conn = new ConnModel()
export const cmd = new Emitter()

export function connect() {
  if (!start.paired) {
    socket.to('UNPAIRED')
    return
  }
  socket.to('CONNECTED')
  if (start.synced === 'early') socket.sync()
  if (start.synced === 'late') setTimeout(() => socket.sync(), 700)
}
