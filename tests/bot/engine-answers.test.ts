import { describe, expect, test } from 'vitest'
import type { Turn } from '../../bot/engine.ts'
import type { Flow } from '../../handlers/dialog.ts'
import { runOf, words } from './flow-run.ts'

describe('answers', () => {
  const ask: Flow = async dialog => {
    dialog.asides(said => (said.type === 'media' ? { value: said } : undefined))
    const options = [
      { id: 'bread', label: 'Хлеб' },
      { id: 'coal', label: 'Уголь' },
    ]
    await dialog.choose('what', options, { also: [{ id: 'law', label: 'Юрист' }] })
    await dialog.ask('name', words)
  }
  const keysOf = (turn: Turn) => turn.message?.parts.map(({ key }) => key)

  test('the same press twice counts once', async () => {
    const run = runOf(ask)
    await run.play()
    await run.presses('bread')
    await run.presses('coal')
    expect(run.saved.answers.what).toEqual({ chosen: 'bread' })
    expect(run.asked).toBe('name')
  })

  test('a misspelt option is asked about, and a plain yes takes it', async () => {
    const run = runOf(ask)
    await run.play()
    expect(keysOf(await run.says('Угол'))?.[0]).toMatch(/err.maybe|name/)
    if (run.asked === 'what') await run.says('да')
    expect(run.saved.answers.what).toEqual({ chosen: 'coal' })
  })

  test('an option of the other page is understood by its word and not by a number', async () => {
    const run = runOf(ask)
    await run.play()
    expect(keysOf(await run.says('3'))).toEqual(['err.range', 'what'])
    await run.says('юрист')
    expect(run.saved.answers.what).toEqual({ chosen: 'law' })
  })

  test('a voice where a button was due is kept, and the question asked again', async () => {
    const run = runOf(ask)
    await run.play()
    const turn = await run.tells({ type: 'media', kind: 'voice', file: { id: 'v1' } })
    expect(keysOf(turn)).toEqual(['aside.kept', 'what'])
    expect(run.saved.asides).toEqual([{ type: 'media', kind: 'voice', file: { id: 'v1' } }])
  })

  test('after two answers that were not understood a person is offered', async () => {
    const run = runOf(ask)
    await run.play()
    await run.says('ыыы')
    expect(keysOf(await run.says('ъъъ'))).toContain('err.person')
  })
})
