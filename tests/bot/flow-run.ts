import { playFlow, type Turn } from '../../bot/engine.ts'
import { newSaved, type Saved, stepBack } from '../../bot/saved.ts'
import { understandIn } from '../../bot/understand.ts'
import type { Said } from '../../domain/said.ts'
import type { Accept, Flow, Scene } from '../../handlers/dialog.ts'

export const words: Accept<string> = said => (said.type === 'text' ? { value: said.text } : undefined)
const understand = understandIn('ru')

/** A person's run of a flow; `deploy` puts another version of the flow in its place. */
export function runOf(flow: Flow, form = true) {
  let version = flow
  let saved: Saved = newSaved()
  const scene = { me: { language: 'ru' }, at: new Date(0) } as Scene
  const play = async (input?: Parameters<typeof playFlow>[4]): Promise<Turn> => {
    // What is kept goes through JSON between two messages.
    saved = JSON.parse(JSON.stringify(saved))
    const turn = await playFlow(version, saved, scene, understand, input)
    if (!turn.control) saved = turn.saved
    return turn
  }
  return {
    play,
    says: (text: string) => play({ said: { type: 'text', text } }),
    tells: (said: Said) => play({ said }),
    presses: (option: string) => play({ option }),
    async back() {
      const moved = stepBack(saved, form)
      if (moved) await play()
      return moved
    },
    deploy: (next: Flow) => {
      version = next
    },
    get asked() {
      return saved.open
    },
    get saved() {
      return saved
    },
  }
}
