import { expect, test } from 'vitest'
import { hear as hearAnswer } from '../../bot/hear.ts'
import { understandIn } from '../../bot/understand.ts'
import { part } from '../../domain/message.ts'

const hear = understandIn('ru')
const plain = { yesNo: false, free: false, keywords: new Map<string, string[]>() }
const offered = (...ids: string[]) => ids.map(id => ({ id, label: part(id) }))
const said = (text: string) => ({ type: 'text' as const, text })

test('who says the same again after being asked back means it', () => {
  const options = offered('when.today', 'when.3days', 'when.later')
  expect(hear(said('3'), options, plain)).toMatchObject({ maybe: 'when.later' })
  expect(hear(said('3'), options, { ...plain, maybe: 'when.later' })).toEqual({ chosen: 'when.later' })
  expect(hear(said('да'), options, { ...plain, maybe: 'when.later' })).toEqual({ chosen: 'when.later' })
})

test('a doubtful consent stays doubtful, however often it is said', () => {
  const options = offered('consent.yes', 'consent.no', 'consent.more')
  const more = { ...plain, yesNo: true, maybe: 'consent.yes' }
  expect(hear(said('согласна, если дочь разрешит'), options, more)).toMatchObject({ maybe: 'consent.yes' })
})

test('where words of one’s own are welcome an option needs all of them', () => {
  const options = offered('rate.enough')
  const free = { ...plain, free: true }
  expect(hear(said('Это всё'), options, free)).toEqual({ chosen: 'rate.enough' })
  expect(hear(said('это всё сделали очень хорошо'), options, free)).toEqual({ free: true })
  expect(hear(said('всё хорошо, спасибо'), options, free)).toEqual({ free: true })
})

test('options with values of their own are understood each time anew', () => {
  const options = ['№ 1045', '№ 1046'].map(label => ({ id: `r${label.slice(-1)}`, label }))
  expect(hear(said('1046'), options, plain)).toEqual({ chosen: 'r6' })
  const others = ['№ 1046', '№ 1045'].map((label, index) => ({ id: `x${index}`, label }))
  expect(hear(said('1046'), others, plain)).toEqual({ chosen: 'x0' })
})

test('a number in words counts in the list that is shown, as digits do', () => {
  const asked = {
    choices: ['cat.household', 'cat.medical', 'cat.more'] as const,
    accept: undefined,
    more: { also: ['cat.legal', 'cat.psych'] },
  }
  const how = { understand: hear, maybe: undefined, aside: undefined }
  const answer = (text: string) => hearAnswer(said(text), asked, how)
  expect(answer('четыре')).toMatchObject({ retry: { key: 'err.range' } })
  expect(answer('4')).toMatchObject({ retry: { key: 'err.range' } })
  expect(answer('төртіншісі')).toMatchObject({ retry: { key: 'err.range' } })
  expect(answer('два')).toEqual({ chosen: 'cat.medical' })
  expect(answer('юриста бы')).toEqual({ chosen: 'cat.legal' })
})
