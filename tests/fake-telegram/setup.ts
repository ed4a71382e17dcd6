import type { Payload } from './access.ts'
import { badRequest } from './refusal.ts'
import type { World } from './world.ts'

const commandsMax = 100
const commandDescriptionMax = 256
const descriptionMax = 512
const shortDescriptionMax = 120

export function setMyCommands(world: World, payload: Payload): boolean {
  const { commands } = payload
  if (!Array.isArray(commands)) throw badRequest('expected an Array of BotCommand')
  if (commands.length > commandsMax) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const { command, description } of commands as { command?: unknown; description?: unknown }[]) {
    if (command === undefined || description === undefined)
      throw badRequest(
        `can't parse BotCommand: Can't find field "${command === undefined ? 'command' : 'description'}"`,
      )
    if (String(command) === '') throw badRequest('command must be non-empty')
    if (!/^\/?[a-z0-9_]{1,32}$/.test(String(command))) throw badRequest('BOT_COMMAND_INVALID')
    if (String(description).trim() === '') throw badRequest('command description must be non-empty')
    if (String(description).length > commandDescriptionMax)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  const { scope = { type: 'default' }, language_code = '' } = payload
  world.profile.commands.set(`${JSON.stringify(scope)} ${language_code}`, commands)
  return true
}

export function setMyDescription(world: World, payload: Payload): boolean {
  world.profile.description = bounded(payload.description, descriptionMax, 'DESCRIPTION_INVALID')
  return true
}

export function setMyShortDescription(world: World, payload: Payload): boolean {
  world.profile.shortDescription = bounded(
    payload.short_description,
    shortDescriptionMax,
    'SHORT_DESCRIPTION_INVALID',
  )
  return true
}

function bounded(value: unknown, max: number, complaint: string): string {
  const text = value === undefined ? '' : String(value)
  if (text.length > max) throw badRequest(complaint)
  return text
}
