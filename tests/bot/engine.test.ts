import { describe, expect, test } from 'vitest'
import type { Dialog, Flow } from '../../handlers/dialog.ts'
import { runOf, words } from './flow-run.ts'

/** Asks these one after another and tells the answers to `done`. */
function questions(keys: readonly string[], done: (answers: string[]) => void = () => {}): Flow {
  return async dialog => {
    const answers: string[] = []
    for (const key of keys) answers.push(await dialog.ask(key, words))
    done(answers)
  }
}

describe('a deploy in mid-dialogue', () => {
  test('an inserted question is asked, and the answer on its way waits for its own question', async () => {
    let told: string[] = []
    const run = runOf(questions(['name', 'street']))
    await run.play()
    await run.says('Зейнеп')
    run.deploy(questions(['name', 'village', 'street'], answers => (told = answers)))
    await run.says('Абая 12')
    expect(run.asked).toBe('village')
    await run.says('Жезкент')
    expect(told).toEqual(['Зейнеп', 'Жезкент', 'Абая 12'])
  })

  test('a removed or moved question loses no other answer', async () => {
    let told: string[] = []
    const run = runOf(questions(['name', 'village', 'street', 'phone']))
    await run.play()
    for (const answer of ['Зейнеп', 'Жезкент', 'Мира 7']) await run.says(answer)
    run.deploy(questions(['street', 'name', 'phone'], answers => (told = answers)))
    await run.says('112')
    expect(told).toEqual(['Мира 7', 'Зейнеп', '112'])
  })

  test('an option that is gone is asked again, one that was reworded is not', async () => {
    const choose =
      (...options: { id: string; label: string }[]): Flow =>
      async dialog => {
        await dialog.choose('what', options)
        await dialog.ask('name', words)
      }
    const run = runOf(choose({ id: 'a', label: 'Хлеб' }, { id: 'b', label: 'Уголь' }))
    await run.play()
    await run.presses('b')
    run.deploy(choose({ id: 'a', label: 'Хлеб' }, { id: 'b', label: 'Дрова, уголь' }))
    await run.play()
    expect(run.asked).toBe('name')
    run.deploy(choose({ id: 'a', label: 'Хлеб' }))
    const turn = await run.play()
    expect(run.asked).toBe('what')
    expect(turn.message?.options?.map(({ id }) => id)).toEqual(['a'])
    expect((await run.presses('b')).waiting).toBe(true)
    expect(run.asked).toBe('what')
  })
})

describe('a long dialogue', () => {
  const keys = Array.from({ length: 30 }, (_, n) => `question.${n}`)

  test('thirty questions, each answered once, back to the first and forward again', async () => {
    let told: string[] = []
    const run = runOf(questions([...keys, 'last'], answers => (told = answers)))
    await run.play()
    for (const key of keys) {
      expect(run.asked).toBe(key)
      await run.says(`Ответ ${key}`)
    }
    for (const key of keys.toReversed()) {
      expect(await run.back()).toBe(true)
      expect(run.asked).toBe(key)
    }
    expect(await run.back()).toBe(false)
    await run.says('Другой')
    expect(run.asked).toBe('last')
    await run.says('Конец')
    expect(told).toEqual(['Другой', ...keys.slice(1).map(key => `Ответ ${key}`), 'Конец'])
  })

  test('outside a form what was stepped back over is asked anew', async () => {
    const run = runOf(questions(['a', 'b', 'c']), false)
    await run.play()
    await run.says('1а')
    await run.says('2б')
    await run.back()
    await run.back()
    await run.says('1в')
    expect(run.asked).toBe('b')
  })
})

describe('deeds', () => {
  test('are done once, however often the flow is played, and again after a step back over them', async () => {
    let done = 0
    const run = runOf(async dialog => {
      await dialog.ask('a', words)
      await dialog.once('deed', async () => ++done)
      await dialog.ask('b', words)
      await dialog.ask('c', words)
    })
    await run.play()
    await run.says('раз')
    await run.says('два')
    await run.play()
    expect(done).toBe(1)
    await run.back()
    await run.back()
    await run.says('три')
    expect(done).toBe(2)
    expect(run.asked).toBe('c')
  })

  test('what is said is said once in a run', async () => {
    const run = runOf(async dialog => {
      dialog.say('greet')
      await dialog.ask('a', words)
      await dialog.ask('b', words)
    })
    const first = await run.play()
    expect(first.message?.parts.map(({ key }) => key)).toEqual(['greet', 'a'])
    const second = await run.says('да')
    expect(second.message?.parts.map(({ key }) => key)).toEqual(['b'])
  })
})

describe('a summary', () => {
  const summary =
    (changed: string): Flow =>
    async dialog => {
      await dialog.ask('name', words)
      if (!dialog.noted('phone')) await dialog.once('known', async () => 'known')
      await dialog.ask('phone', words)
      await check(dialog, changed)
    }

  async function check(dialog: Dialog, changed: string) {
    const answer = await dialog.choose('check', [
      { id: 'yes', label: 'Верно' },
      { id: 'edit', label: 'Исправить' },
    ])
    if (answer === 'yes') return
    await dialog.choose('edit', [{ id: changed, label: 'Это' }])
    dialog.note(changed)
    await dialog.again(['check', 'edit'], [changed])
  }

  test.each(['name', 'phone'])('a step back from the changed %s brings the old one back', async changed => {
    const run = runOf(summary(changed))
    await run.play()
    await run.says('Зейнеп')
    await run.says('777')
    const before = JSON.stringify(run.saved.answers)
    await run.presses('edit')
    await run.presses(changed)
    expect(run.asked).toBe(changed)
    await run.back()
    expect(run.asked).toBe('check')
    expect(JSON.stringify(run.saved.answers)).toBe(before)
  })

  test('two changes after each other are both undone, the last one first', async () => {
    const run = runOf(summary('phone'))
    await run.play()
    for (const answer of ['Зейнеп', '1']) await run.says(answer)
    for (const phone of ['2', '3']) {
      await run.presses('edit')
      await run.presses('phone')
      await run.says(phone)
    }
    expect(run.saved.answers.phone).toEqual({ said: '3' })
    for (const phone of ['2', '1']) {
      await run.back()
      expect(run.asked).toBe('phone')
      await run.back()
      expect(run.asked).toBe('check')
      expect(run.saved.answers.phone).toEqual({ said: phone })
    }
  })
})
