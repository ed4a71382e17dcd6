import { createRequire } from 'node:module'
import type * as Prom from 'prom-client'

/**
 * The parts of prom-client that are used, each by its own file: its main one loads OpenTelemetry, TLS and more, which
 * took longer than a tenth of the bot's whole start.
 */
const load = createRequire(import.meta.url)

export const Registry: typeof Prom.Registry = load('prom-client/lib/registry.js')
export const Counter: typeof Prom.Counter = load('prom-client/lib/counter.js')
export const Gauge: typeof Prom.Gauge = load('prom-client/lib/gauge.js')
export const Histogram: typeof Prom.Histogram = load('prom-client/lib/histogram.js')
