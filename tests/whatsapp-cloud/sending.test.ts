import { describe, expect, test } from 'vitest'
import { cloudCast } from './setup.ts'

const choice = (label: string) => ({ label, data: `q:run:1:${label}` })

describe('words', () => {
  test('go as they are, up to 4096 characters', async () => {
    const { send, zeinep, graph } = await cloudCast()
    const text = 'ә'.repeat(4096)
    expect(await send({ text })).toEqual({ status: 'accepted', externalId: zeinep.last.id })
    expect(zeinep.last).toMatchObject({ type: 'text', text, opaque: 'out-1' })
    expect(graph.calls.at(-1)?.path).toBe(`/v25.0/${graph.phoneNumberId}/messages`)
    expect(await send({ text: `${text}ә` })).toMatchObject({ status: 'failed', reason: 'invalid' })
  })

  test('reach somebody who hides the number by their id', async () => {
    const { channel, graph } = await cloudCast()
    const hidden = graph.person({ name: 'Дина', userId: 'KZ.13491208655302741918' })
    await hidden.says('Сәлем')
    const { userId: chat } = hidden
    expect(await channel.send({ id: 'out', chat, text: 'Сәлем, Дина' })).toMatchObject({ status: 'accepted' })
    expect(hidden.last.text).toBe('Сәлем, Дина')
    expect(graph.calls.at(-1)?.body).not.toHaveProperty('to')
  })
})

describe('options', () => {
  test('three are reply buttons, and what is pressed comes back as its data', async () => {
    const { send, zeinep, received } = await cloudCast()
    const labels = ['Иә', 'Жоқ', 'Білмеймін']
    await send({ text: 'Келесіз бе?', buttons: [labels.map(label => choice(label))] })
    expect(zeinep.last).toMatchObject({ text: 'Келесіз бе?', options: labels.map(title => ({ title })) })
    expect(zeinep.last.listButton).toBeUndefined()
    await zeinep.presses('Жоқ')
    const { id } = zeinep.last
    expect(received.at(-1)?.content).toEqual({ type: 'button', data: 'q:run:1:Жоқ', messageId: id })
  })

  test('four to ten are a list with a word to open it', async () => {
    const { send, zeinep, received } = await cloudCast()
    const labels = Array.from({ length: 10 }, (_, n) => `Нұсқа ${n + 1}`)
    await send({ text: 'Не керек?', buttons: labels.map(label => [choice(label)]), choose: 'Таңдау' })
    expect(zeinep.last.options.map(({ title }) => title)).toEqual(labels)
    expect(zeinep.last.listButton).toBe('Таңдау')
    await zeinep.presses('Нұсқа 10')
    expect(received.at(-1)?.content).toMatchObject({ type: 'button', data: 'q:run:1:Нұсқа 10' })
  })

  test('eleven do not fit: the words alone', async () => {
    const { send, zeinep } = await cloudCast()
    const buttons = Array.from({ length: 11 }, (_, n) => [choice(`Нұсқа ${n + 1}`)])
    await send({ text: '*1* — Нұсқа 1', buttons })
    expect(zeinep.last).toMatchObject({ type: 'text', text: '*1* — Нұсқа 1', options: [] })
  })

  test('a long label is cut at a word; a list tells the whole below', async () => {
    const { send, zeinep } = await cloudCast()
    const long = choice('Дәріханадан дәрі әкелу керек')
    await send({ text: '?', buttons: [[long, choice('Дәрігерге бірге барып келу')]] })
    expect(zeinep.last.options.map(({ title }) => title)).toEqual(['Дәріханадан дәрі…', 'Дәрігерге бірге…'])
    await send({ text: '?', buttons: [[long], [choice('а')], [choice('б')], [choice('в')]] })
    expect(zeinep.last.options[0]).toMatchObject({
      title: 'Дәріханадан дәрі әкелу…',
      description: 'Дәріханадан дәрі әкелу керек',
    })
  })

  test('a label is never cut inside a sign', async () => {
    const { send, zeinep } = await cloudCast()
    const result = await send({ text: '?', buttons: [[choice(`${'a'.repeat(18)}🙂🙂`)]] })
    expect(result.status).toBe('accepted')
    expect(zeinep.last.options[0]?.title).toBe(`${'a'.repeat(18)}…`)
  })

  test('labels that look the same when cut go as words alone', async () => {
    const { send, zeinep } = await cloudCast()
    const same = ['бірінші', 'екінші'].map(end => choice(`Алматыдағы бас емхана ${end}`))
    expect(await send({ text: '1, 2?', buttons: [same] })).toMatchObject({ status: 'accepted' })
    expect(zeinep.last).toMatchObject({ type: 'text', options: [] })
  })

  test('words too long for buttons go with a list', async () => {
    const { send, zeinep } = await cloudCast()
    const [short, long] = ['a'.repeat(1024), 'a'.repeat(1025)]
    await send({ text: short, buttons: [[choice('Иә')]] })
    expect(zeinep.last.listButton).toBeUndefined()
    await send({ text: long, buttons: [[choice('Иә')]] })
    expect(zeinep.last).toMatchObject({ text: long, options: [{ title: 'Иә' }] })
    expect(zeinep.last.listButton).toBeDefined()
  })

  test('data of 200 characters fits a list, of 256 buttons, longer nothing', async () => {
    const { send, zeinep } = await cloudCast()
    const of = (length: number) => [[{ label: 'Иә', data: 'd'.repeat(length) }]]
    await send({ text: 'x'.repeat(1025), buttons: of(200) })
    expect(zeinep.last.type).toBe('interactive')
    await send({ text: 'x'.repeat(1025), buttons: of(201) })
    expect(zeinep.last.type).toBe('text')
    await send({ text: 'x', buttons: of(256) })
    expect(zeinep.last.type).toBe('interactive')
    await send({ text: 'x', buttons: of(257) })
    expect(zeinep.last.type).toBe('text')
  })

  test('an address is a line below, once, and the other options stay', async () => {
    const { send, zeinep } = await cloudCast()
    const url = 'https://ardaq.kz/a'
    await send({ text: 'Оқыңыз', buttons: [[{ label: 'Сайт', url }], [choice('Иә')]] })
    expect(zeinep.last).toMatchObject({ text: `Оқыңыз\n\nСайт: ${url}`, options: [{ title: 'Иә' }] })
    await send({ text: `Оқыңыз: ${url}`, buttons: [[{ label: 'Сайт', url }]] })
    expect(zeinep.last).toMatchObject({ type: 'text', text: `Оқыңыз: ${url}` })
    await send({ text: 'ұ'.repeat(4096), buttons: [[{ label: 'Сайт', url }]] })
    expect(zeinep.last.text).toHaveLength(4096)
    expect(zeinep.last.text.endsWith(`…\n\nСайт: ${url}`)).toBe(true)
  })
})

describe('other kinds', () => {
  test('a place goes out with its words after it, and is asked for by one press', async () => {
    const { send, zeinep } = await cloudCast()
    const location = { latitude: 50.4111, longitude: 80.2275 }
    const result = await send({ text: 'Осы үй', location })
    expect(zeinep.messages.slice(-2)).toMatchObject([
      { type: 'location', place: location },
      { type: 'text', text: 'Осы үй', opaque: 'out-1' },
    ])
    const ids = zeinep.messages.slice(-2).map(({ id }) => id)
    expect(result).toEqual({ status: 'accepted', externalId: ids.join(' ') })
    await send({ text: 'Қайдасыз?', requests: [{ what: 'location', label: 'Орнымды жіберу' }] })
    expect(zeinep.last).toMatchObject({ text: 'Қайдасыз?', asksPlace: true })
    await send({ text: 'Нөміріңіз?', requests: [{ what: 'contact', label: 'x' }] })
    expect(zeinep.last).toMatchObject({ type: 'text', text: 'Нөміріңіз?' })
  })

  test('a template goes in place of the words, its values on one line', async () => {
    const { send, zeinep, graph } = await cloudCast()
    graph.templates.push({
      name: 'visit_reminder',
      language: 'kk',
      body: 'Өтініш {{1}}: {{2}}. Жауап беріңіз.',
    })
    const template = { name: 'visit_reminder', language: 'kk', values: ['№17', 'бүгін\n14:00'] }
    expect(await send({ text: 'еркін сөз', template })).toMatchObject({ status: 'accepted' })
    expect(zeinep.last.text).toBe('Өтініш №17: бүгін 14:00. Жауап беріңіз.')
    const invalid = { status: 'failed', reason: 'invalid' }
    expect(await send({ template: { ...template, language: 'en' } })).toMatchObject(invalid)
    expect(await send({ template: { ...template, values: [] } })).toMatchObject(invalid)
  })

  test('an edit changes nothing, a removal leaves all as it is, and a link opens the chat', async () => {
    const { send, channel, graph } = await cloudCast()
    const before = graph.calls.length
    expect(await send({ text: 'x', editOf: 'wamid.x' })).toEqual({ status: 'failed', reason: 'unchanged' })
    const removal = { id: 'r', chat: '77011234567', messages: ['wamid.x'], instead: 'x' }
    expect(await channel.remove(removal)).toEqual({ status: 'failed', reason: 'stays' })
    expect(graph.calls).toHaveLength(before)
    expect(channel.startLink('i-AbC')).toBe(`https://wa.me/${graph.number}?text=start%20i-AbC`)
  })
})
